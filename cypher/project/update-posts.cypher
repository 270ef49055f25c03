// Posts that the graph had as a stub, provisionally, or in another state. A property set to null is gone.
// params: posts · rows: none
UNWIND $posts AS row
MATCH (post:Post {id: row.id})
SET post.state = row.state, post.rootId = row.rootId, post.depth = row.depth, post.authorId = row.authorId,
  post.createdAt = row.createdAt, post.acceptSeq = row.acceptSeq, post.linkSeq = row.linkSeq,
  post.eventId = row.eventId, post.waitsFor = row.waitsFor, post.rootHint = row.rootHint,
  post.removedAt = row.removedAt, post.claimedParentId = row.claimedParentId,
  post.assumed = CASE WHEN row.assumed THEN true END
