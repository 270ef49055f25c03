// The posts one request made, for its receipt.
// params: firstSeq, lastSeq · rows: acceptSeq, postId, state, linkSeq, rootId, rootHint
MATCH (post:Post)
WHERE post.acceptSeq >= $firstSeq AND post.acceptSeq <= $lastSeq
RETURN post.acceptSeq AS acceptSeq, post.id AS postId, post.state AS state, post.linkSeq AS linkSeq,
  post.rootId AS rootId, head([(post)-[edge:SHARED_FROM]->(:Post) | edge.rootHint]) AS rootHint
ORDER BY acceptSeq
