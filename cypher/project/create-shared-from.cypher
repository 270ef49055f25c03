// The edges of a batch. A statement of its own, after all its posts are there: one that matches parents and makes shares
// in one go would silently drop every share whose parent is made in the same batch.
// params: edges · rows: edges
UNWIND $edges AS row
MATCH (child:Post {id: row.childId})
MATCH (parent:Post {id: row.parentId})
CREATE (child)-[:SHARED_FROM {
  at: row.at, method: row.method, confidence: row.confidence, rootHint: row.rootHint
}]->(parent)
RETURN count(*) AS edges
