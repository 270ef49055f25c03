// The topmost post above one that is not linked: the one that is missing, or a share that closed a ring and was refused.
// params: postId · rows: missingPostId
MATCH (post:Post {id: $postId})
MATCH (post)-[:SHARED_FROM*0..]->(top:Post)
WHERE NOT (top)-[:SHARED_FROM]->()
RETURN top.id AS missingPostId
