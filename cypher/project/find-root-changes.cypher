// Cascades to write anew, in link order, from one place on.
// params: after, upTo, limit · rows: linkSeq, rootId
MATCH (change:RootChange)
WHERE change.linkSeq > $after AND change.linkSeq <= $upTo
RETURN change.linkSeq AS linkSeq, change.rootId AS rootId
ORDER BY linkSeq LIMIT $limit
