// The topmost post above one that is not linked: the one that is missing, or a share that closed a ring and was refused.
// DISTINCT lets the planner keep the posts it has seen instead of every walk, so that a chain costs what it is long.
// A bound has to stand in the text: beyond a million posts nothing is found.
// params: postId · rows: missingPostId
MATCH (post:Post {id: $postId})
MATCH (post)-[:SHARED_FROM*0..1000000]->(above:Post)
WITH DISTINCT above
WHERE NOT (above)-[:SHARED_FROM]->()
RETURN above.id AS missingPostId
