// Linked posts with waiting shares, some at a time. Posts that are not linked (any more) are listed to be forgotten.
// params: limit · rows: postId, linked, rootId, depth
MATCH (work:LinkWork)
WITH work LIMIT $limit
MATCH (post:Post {id: work.postId})
RETURN post.id AS postId, post.state = 'linked' AS linked, post.rootId AS rootId, post.depth AS depth
ORDER BY postId
