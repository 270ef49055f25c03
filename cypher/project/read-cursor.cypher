// How far the graph has followed a stream, without touching it.
// params: stream · rows: epoch, position, seq, linkSeq
MATCH (cursor:Cursor {stream: $stream})
RETURN cursor.epoch AS epoch, cursor.position AS position, cursor.seq AS seq, cursor.linkSeq AS linkSeq
