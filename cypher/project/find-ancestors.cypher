// All posts above the given ones. A post has at most one parent, so each walk is a line; it is asked for only where
// a share is not linked yet or its root is provisional, and could close a ring.
// params: postIds · rows: id, state, rootId, depth, authorId, createdAt, acceptSeq, linkSeq, eventId, parentId, rootHint, assumed, removedAt, claimedParentId
UNWIND $postIds AS postId
MATCH (:Post {id: postId})-[:SHARED_FROM*1..]->(post:Post)
WITH DISTINCT post
RETURN post.id AS id, post.state AS state, post.rootId AS rootId, post.depth AS depth, post.authorId AS authorId,
  post.createdAt AS createdAt, post.acceptSeq AS acceptSeq, post.linkSeq AS linkSeq,
  coalesce(post.eventId, post.id) AS eventId, head([(post)-[:SHARED_FROM]->(parent) | parent.id]) AS parentId,
  post.rootHint AS rootHint, coalesce(post.assumed, false) AS assumed, post.removedAt AS removedAt,
  post.claimedParentId AS claimedParentId
