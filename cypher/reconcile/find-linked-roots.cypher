// Which of some posts the graph has as roots of cascades, and since when in the link order.
// params: rootIds · rows: rootId, linkSeq
UNWIND $rootIds AS rootId
MATCH (root:Post {id: rootId})
WHERE root.rootId = rootId AND root.state = 'linked'
RETURN rootId, coalesce(root.linkSeq, 0) AS linkSeq
