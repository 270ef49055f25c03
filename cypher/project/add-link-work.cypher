// Remembers posts whose waiting shares have to be linked.
// params: postIds · rows: none
UNWIND $postIds AS postId
MERGE (:LinkWork {postId: postId})
