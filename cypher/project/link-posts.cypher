// Links waiting posts: root and depth from their parent, their place in the link order, and nothing to wait for.
// params: posts · rows: none
UNWIND $posts AS row
MATCH (post:Post {id: row.postId})
SET post.state = 'linked', post.rootId = row.rootId, post.depth = row.depth, post.linkSeq = row.linkSeq,
  post.waitsFor = null, post.rootHint = null
