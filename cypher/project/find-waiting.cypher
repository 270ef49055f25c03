// The pending posts below some linked ones, a bounded number: first those that wait for them, found by index,
// then what waits below. Where the bound cuts, the next round goes on.
// params: postIds, limit · rows: postId, parentId
UNWIND $postIds AS postId
MATCH (first:Post {waitsFor: postId})
WHERE first.state = 'pending'
WITH first LIMIT $limit
MATCH (first)(()<-[:SHARED_FROM]-(below:Post WHERE below.state = 'pending'))*(post:Post)
WITH post LIMIT $limit
RETURN DISTINCT post.id AS postId, post.waitsFor AS parentId
