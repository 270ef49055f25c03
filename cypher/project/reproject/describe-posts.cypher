// What their own events say of posts. Where they stand in their cascades is left as it is.
// params: posts · rows: none
UNWIND $posts AS row
MATCH (post:Post {id: row.id})
SET post.authorId = row.authorId, post.createdAt = row.createdAt, post.acceptSeq = row.acceptSeq,
  post.eventId = row.eventId, post.removedAt = row.removedAt, post.h1 = row.h1, post.h2 = row.h2,
  post.waitsFor = row.waitsFor, post.claimedParentId = row.claimedParentId
