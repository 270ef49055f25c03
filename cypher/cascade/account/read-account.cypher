// The posts of one account in groups: what they are, and how often each of a group was shared directly; a row of nulls
// for an account without posts, none for an unknown one. There are far fewer groups than posts.
// params: accountId · rows: state, isRoot, direct, posts, firstAt, lastAt
MATCH (account:Account {id: $accountId})
OPTIONAL MATCH (account)-[:AUTHORED]->(post:Post)
WITH post.state AS state, post.depth = 0 AS isRoot, post.createdAt AS createdAt,
  CASE WHEN post.state = 'linked' THEN COUNT { (post)<-[:SHARED_FROM]-() } ELSE 0 END AS direct
RETURN state, isRoot, direct, count(state) AS posts, min(createdAt) AS firstAt, max(createdAt) AS lastAt
