// How far accepted events have reached the graph: the time of the last one, and the last place given in the link order.
// params: none · rows: acceptedAt, linkSeq
MATCH (cursor:Cursor)
RETURN min(cursor.acceptedAt) AS acceptedAt, max(cursor.linkSeq) AS linkSeq
