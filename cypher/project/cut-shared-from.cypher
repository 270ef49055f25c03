// Takes the edge from shares that are quarantined.
// params: postIds · rows: none
UNWIND $postIds AS postId
MATCH (:Post {id: postId})-[edge:SHARED_FROM]->(:Post)
DELETE edge
