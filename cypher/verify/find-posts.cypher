// Posts that are named one by one, those of them that the graph has.
// params: postIds · rows: id, state, rootId, depth, authorId, createdAt, acceptSeq, linkSeq, eventId, h1, h2, waitsFor, removedAt, claimedParentId, assumed, authors, edges
UNWIND $postIds AS postId
MATCH (post:Post {id: postId})
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
