// The posts that the graph counts to one cascade, in the order of their ids, some at a time.
// params: rootId, after, limit · rows: id, state, rootId, depth, authorId, createdAt, acceptSeq, linkSeq, eventId, h1, h2, waitsFor, removedAt, claimedParentId, assumed, authors, edges
MATCH (post:Post {rootId: $rootId})
WHERE post.id > $after
WITH post ORDER BY post.id LIMIT $limit
RETURN post.id AS id, post.state AS state, post.rootId AS rootId, post.depth AS depth, post.authorId AS authorId,
  post.createdAt AS createdAt, post.acceptSeq AS acceptSeq, post.linkSeq AS linkSeq, post.eventId AS eventId, post.h1 AS h1,
  post.h2 AS h2, post.waitsFor AS waitsFor, post.removedAt AS removedAt, post.claimedParentId AS claimedParentId,
  coalesce(post.assumed, false) AS assumed,
  [(account:Account)-[:AUTHORED]->(post) | account.id] AS authors,
  [(post)-[edge:SHARED_FROM]->(parent) | {
    parentId: parent.id, parentH2: parent.h2, at: edge.at, method: edge.method, confidence: edge.confidence,
    rootHint: edge.rootHint
  }] AS edges
ORDER BY id
