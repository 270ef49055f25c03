// Gives posts their places in the link order.
// params: posts · rows: none
UNWIND $posts AS row
MATCH (post:Post {id: row.id})
SET post.linkSeq = row.linkSeq
