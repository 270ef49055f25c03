// Which of these posts are still waited for.
// params: postIds · rows: postId
UNWIND $postIds AS postId
MATCH (waiting:Post {waitsFor: postId})
WHERE waiting.state = 'pending'
RETURN DISTINCT postId
