// How far the graph has followed the log, and whether it has linking left to do.
// params: none · rows: epoch, position, seq, linkSeq
MATCH (cursor:Cursor {stream: '0'})
RETURN cursor.epoch AS epoch, cursor.position AS position, cursor.seq AS seq, cursor.linkSeq AS linkSeq
