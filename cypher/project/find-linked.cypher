// Linked posts in the order they were linked, from one place on: what the lineage mirror has to write next.
// params: after, upTo, limit · rows: linkSeq, postId, parentId, rootId, depth, accountId, createdAt, acceptSeq
MATCH (post:Post)
WHERE post.linkSeq > $after AND post.linkSeq <= $upTo
WITH post ORDER BY post.linkSeq LIMIT $limit
RETURN post.linkSeq AS linkSeq, post.id AS postId, head([(post)-[:SHARED_FROM]->(parent) | parent.id]) AS parentId,
  post.rootId AS rootId, post.depth AS depth, post.authorId AS accountId, post.createdAt AS createdAt,
  post.acceptSeq AS acceptSeq
ORDER BY linkSeq
