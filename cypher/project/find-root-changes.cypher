// Cascades to write anew, in link order, from one place on.
// params: after, limit · rows: linkSeq, rootId
MATCH (change:RootChange)
WHERE change.linkSeq > $after
RETURN change.linkSeq AS linkSeq, change.rootId AS rootId
ORDER BY linkSeq LIMIT $limit
