// Forgets posts nobody waits for any more.
// params: postIds · rows: none
UNWIND $postIds AS postId
MATCH (work:LinkWork {postId: postId})
DELETE work
