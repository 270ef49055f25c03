// Remembers provisional roots whose descendants have to be unlinked.
// params: rootIds · rows: none
UNWIND $rootIds AS rootId
MERGE (:Dissolving {rootId: rootId})
