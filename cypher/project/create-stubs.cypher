// Posts known only by name: stubs, and provisional roots.
// params: posts · rows: none
UNWIND $posts AS row
CREATE (:Post {
  id: row.id, state: row.state, rootId: row.rootId, depth: row.depth, linkSeq: row.linkSeq, h1: row.h1, h2: row.h2,
  assumed: CASE WHEN row.assumed THEN true END, removedAt: row.removedAt
})
