// The posts one request made, for its receipt.
// params: firstSeq, lastSeq · rows: acceptSeq, postId, eventId, state, linkSeq, rootId, depth, rootHint, parentAuthorId
MATCH (post:Post)
WHERE post.acceptSeq >= $firstSeq AND post.acceptSeq <= $lastSeq
RETURN post.acceptSeq AS acceptSeq, post.id AS postId, coalesce(post.eventId, post.id) AS eventId, post.state AS state,
  post.linkSeq AS linkSeq, post.rootId AS rootId, post.depth AS depth,
  head([(post)-[edge:SHARED_FROM]->(:Post) | edge.rootHint]) AS rootHint,
  head([(post)-[:SHARED_FROM]->(parent:Post) | parent.authorId]) AS parentAuthorId
ORDER BY acceptSeq
