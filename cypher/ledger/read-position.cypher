// The last accept number that the graph has counted; no row before it has begun.
// params: none · rows: seq
MATCH (cursor:Cursor {stream: '0'})
RETURN cursor.seq AS seq
