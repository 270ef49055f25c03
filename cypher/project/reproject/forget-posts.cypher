// Takes out posts that no event made. One that others share from stays behind as a stub of its name.
// params: posts · rows: none
UNWIND $posts AS row
MATCH (post:Post {id: row.id})
OPTIONAL MATCH (post)-[edge:SHARED_FROM]->()
DELETE edge
WITH DISTINCT post, row
OPTIONAL MATCH ()-[authored:AUTHORED]->(post)
DELETE authored
WITH DISTINCT post, row
SET post = {id: row.id, state: 'stub', h1: row.h1, h2: row.h2, removedAt: row.removedAt}
WITH post
WHERE post.removedAt IS NULL AND NOT EXISTS { (post)<-[:SHARED_FROM]-() }
DETACH DELETE post
