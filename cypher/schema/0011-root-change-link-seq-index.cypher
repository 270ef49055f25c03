// Cascades that have to be written anew in lineage, at their place in the link order.
// params: none · rows: none
CREATE INDEX root_change_link_seq IF NOT EXISTS FOR (change:RootChange) ON (change.linkSeq)
