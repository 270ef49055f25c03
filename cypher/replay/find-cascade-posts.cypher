// A page of one cascade's posts, parents before their shares.
// params: rootId, afterDepth, afterId, limit · rows: id, depth
MATCH (post:Post {rootId: $rootId})
WHERE post.depth > $afterDepth OR (post.depth = $afterDepth AND post.id > $afterId)
WITH post ORDER BY post.depth, post.id LIMIT $limit
RETURN post.id AS id, post.depth AS depth
ORDER BY depth, id
