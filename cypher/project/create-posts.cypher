// Posts that the graph did not know, with their authors.
// params: posts · rows: none
UNWIND $posts AS row
MATCH (account:Account {id: row.authorId})
CREATE (account)-[:AUTHORED]->(:Post {
  id: row.id, state: row.state, rootId: row.rootId, depth: row.depth, authorId: row.authorId, createdAt: row.createdAt,
  acceptSeq: row.acceptSeq, linkSeq: row.linkSeq, eventId: row.eventId, h1: row.h1, h2: row.h2,
  waitsFor: row.waitsFor, rootHint: row.rootHint, removedAt: row.removedAt, claimedParentId: row.claimedParentId
})
