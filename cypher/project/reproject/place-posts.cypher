// Puts linked posts where their parents say, at the place in the link order that they have.
// params: places · rows: none
UNWIND $places AS row
MATCH (post:Post {id: row.postId})
SET post.state = 'linked', post.rootId = row.rootId, post.depth = row.depth, post.linkSeq = row.linkSeq,
  post.waitsFor = null, post.rootHint = null
