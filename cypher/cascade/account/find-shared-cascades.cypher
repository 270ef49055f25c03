// The cascades of others in which the shares of an account were shared on, those with most direct shares of them first.
// params: accountId, limit · rows: total, rootIds
MATCH (:Account {id: $accountId})-[:AUTHORED]->(post:Post)
WHERE post.state = 'linked' AND post.depth > 0
WITH post.rootId AS rootId, sum(COUNT { (post)<-[:SHARED_FROM]-() }) AS direct
WHERE direct > 0
MATCH (root:Post {id: rootId})
WHERE root.authorId IS NULL OR root.authorId <> $accountId
WITH rootId, direct
ORDER BY direct DESC, rootId
WITH collect(rootId) AS every
RETURN size(every) AS total, every[0..$limit] AS rootIds
