// Provisional roots whose descendants are still being unlinked.
// params: none · rows: rootId
MATCH (dissolving:Dissolving)
RETURN dissolving.rootId AS rootId
