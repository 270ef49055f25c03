// How far a graph has followed the log, without touching it.
// params: none · rows: epoch, position, seq, linkSeq, acceptedAt
MATCH (cursor:Cursor {stream: '0'})
RETURN cursor.epoch AS epoch, cursor.position AS position, cursor.seq AS seq, cursor.linkSeq AS linkSeq,
  cursor.acceptedAt AS acceptedAt
