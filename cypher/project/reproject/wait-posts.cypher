// Shares whose parent is not linked wait for it, whatever they were said to be.
// params: waits · rows: none
UNWIND $waits AS row
MATCH (post:Post {id: row.postId})
SET post.state = 'pending', post.rootId = null, post.depth = null, post.linkSeq = null, post.waitsFor = row.parentId,
  post.rootHint = row.rootHint
