// The posts of a batch that the graph already has, each with its parent.
// params: postIds · rows: id, state, rootId, depth, authorId, createdAt, acceptSeq, linkSeq, eventId, parentId, rootHint, assumed, removedAt, claimedParentId
UNWIND $postIds AS postId
MATCH (post:Post {id: postId})
RETURN post.id AS id, post.state AS state, post.rootId AS rootId, post.depth AS depth, post.authorId AS authorId,
  post.createdAt AS createdAt, post.acceptSeq AS acceptSeq, post.linkSeq AS linkSeq,
  coalesce(post.eventId, post.id) AS eventId, head([(post)-[:SHARED_FROM]->(parent) | parent.id]) AS parentId,
  post.rootHint AS rootHint, coalesce(post.assumed, false) AS assumed, post.removedAt AS removedAt,
  post.claimedParentId AS claimedParentId
