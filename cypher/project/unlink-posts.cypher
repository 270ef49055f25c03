// Unlinks a bounded number of posts below a provisional root that turned out to be a share.
// params: rootId, limit · rows: unlinked
MATCH (post:Post {rootId: $rootId})
WITH post LIMIT $limit
MATCH (post)-[edge:SHARED_FROM]->(parent:Post)
SET post.state = 'pending', post.rootId = null, post.depth = null, post.linkSeq = null, post.waitsFor = parent.id,
  post.rootHint = edge.rootHint
RETURN count(*) AS unlinked
