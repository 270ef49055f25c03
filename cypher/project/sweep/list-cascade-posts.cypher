// All posts that say they belong to one cascade, up to a limit.
// params: rootId, limit · rows: postId
MATCH (post:Post {rootId: $rootId})
RETURN post.id AS postId
LIMIT $limit
