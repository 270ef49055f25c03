// How far the graph has followed the log and given places in the link order.
// params: none · rows: seq, linkSeq, acceptedAt
MATCH (cursor:Cursor {stream: '0'})
RETURN cursor.seq AS seq, cursor.linkSeq AS linkSeq, cursor.acceptedAt AS acceptedAt
