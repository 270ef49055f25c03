// Marks cascades, in the link order, that lineage has to write anew.
// params: changes · rows: none
UNWIND $changes AS row
CREATE (:RootChange {linkSeq: row.linkSeq, rootId: row.rootId})
