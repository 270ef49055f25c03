// One post with its parent and its root. A share that the graph could not take keeps the parent that it named.
// params: postId · rows: state, authorId, createdAt, removedAt, depth, assumed, parentId, direct, rootId, rootAuthorId, rootCreatedAt
MATCH (post:Post {id: $postId})
OPTIONAL MATCH (post)-[:SHARED_FROM]->(parent:Post)
OPTIONAL MATCH (root:Post {id: post.rootId})
RETURN post.state AS state, post.authorId AS authorId, post.createdAt AS createdAt, post.removedAt AS removedAt,
  post.depth AS depth, coalesce(post.assumed, false) AS assumed, coalesce(parent.id, post.claimedParentId) AS parentId,
  COUNT { (post)<-[:SHARED_FROM]-() } AS direct,
  root.id AS rootId, root.authorId AS rootAuthorId, root.createdAt AS rootCreatedAt
