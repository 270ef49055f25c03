// A page of posts in the order of their ids, each with everything that events decide about it. Numbers that only tell in
// which order it was linked are left out.
// params: after, limit · rows: id, state, rootId, depth, authorId, createdAt, removedAt, assumed, waitsFor, rootHint, claimedParentId, h1, h2, authors, edges, eventId, acceptSeq
MATCH (post:Post)
WHERE post.id > $after
WITH post ORDER BY post.id LIMIT $limit
RETURN post.id AS id, post.state AS state, post.rootId AS rootId, post.depth AS depth, post.authorId AS authorId,
  post.createdAt AS createdAt, post.removedAt AS removedAt, coalesce(post.assumed, false) AS assumed,
  post.waitsFor AS waitsFor, post.rootHint AS rootHint, post.claimedParentId AS claimedParentId,
  post.h1 AS h1, post.h2 AS h2, [(account:Account)-[:AUTHORED]->(post) | account.id] AS authors,
  [(post)-[edge:SHARED_FROM]->(parent) | [parent.id, edge.at, edge.method, edge.confidence, edge.rootHint]] AS edges,
  coalesce(post.eventId, post.id) AS eventId, post.acceptSeq AS acceptSeq
ORDER BY id
