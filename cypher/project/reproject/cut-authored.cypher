// Takes away whoever is said to have written some posts, before it is said anew.
// params: postIds · rows: none
UNWIND $postIds AS postId
MATCH (:Account)-[authored:AUTHORED]->(:Post {id: postId})
DELETE authored
