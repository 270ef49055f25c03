// Who wrote the posts that were known before their own event came.
// params: posts · rows: none
UNWIND $posts AS row
MATCH (account:Account {id: row.authorId})
MATCH (post:Post {id: row.id})
CREATE (account)-[:AUTHORED]->(post)
