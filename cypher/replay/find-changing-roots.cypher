// Which of some cascades the graph is taking apart, or has marked to be written anew beyond a link number.
// params: rootIds, linkSeq · rows: rootId
UNWIND $rootIds AS rootId
WITH rootId
WHERE EXISTS { MATCH (:Dissolving {rootId: rootId}) }
  OR EXISTS { MATCH (change:RootChange) WHERE change.linkSeq > $linkSeq AND change.rootId = rootId }
RETURN rootId
