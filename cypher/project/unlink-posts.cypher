// Unlinks a bounded number of the shares of one cascade: they wait again, each for its parent.
// params: rootId, limit · rows: unlinked
MATCH (post:Post {rootId: $rootId})-[edge:SHARED_FROM]->(parent:Post)
WITH post, edge, parent LIMIT $limit
SET post.state = 'pending', post.rootId = null, post.depth = null, post.linkSeq = null, post.waitsFor = parent.id,
  post.rootHint = edge.rootHint
RETURN count(*) AS unlinked
