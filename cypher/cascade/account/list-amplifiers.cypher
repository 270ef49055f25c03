// Who spread the posts of an account: the authors of the shares up to four steps below them, most shares first, ties by
// account id in byte order, after the last one seen. Each share counts once, at its nearest post of the account: the walk
// begins at every one of them, so it need not go on below another. Each step takes the edges that are left of the limit;
// those that stood open and were not taken are counted by the degrees of the posts.
// params: accountId, hops, maxPosts, maxEdges, afterShares, afterAccountId, limit · rows: items, total, posts, unseenPosts, edges, unseenEdges, unknownAuthors
MATCH (account:Account {id: $accountId})
CALL (account) {
  MATCH (account)-[:AUTHORED]->(own:Post)
  WITH own LIMIT $maxPosts
  WITH collect(own) AS owned
  RETURN [own IN owned WHERE own.state = 'linked'] AS level0, size(owned) AS seen
}
CALL (level0) {
  UNWIND CASE WHEN $hops >= 1 THEN level0 ELSE [] END AS near
  MATCH (near)<-[:SHARED_FROM]-(post:Post)
  WITH post LIMIT $maxEdges
  WITH collect(post) AS found
  WITH found[0..$maxEdges] AS taken
  RETURN [post IN taken WHERE post.authorId IS NULL OR post.authorId <> $accountId] AS level1, size(taken) AS walked1
}
CALL (level1, walked1) {
  UNWIND CASE WHEN $hops >= 2 THEN level1 ELSE [] END AS near
  MATCH (near)<-[:SHARED_FROM]-(post:Post)
  WITH post LIMIT $maxEdges
  WITH collect(post) AS found
  WITH found[0..$maxEdges - walked1] AS taken
  RETURN [post IN taken WHERE post.authorId IS NULL OR post.authorId <> $accountId] AS level2, walked1 + size(taken) AS walked2
}
CALL (level2, walked2) {
  UNWIND CASE WHEN $hops >= 3 THEN level2 ELSE [] END AS near
  MATCH (near)<-[:SHARED_FROM]-(post:Post)
  WITH post LIMIT $maxEdges
  WITH collect(post) AS found
  WITH found[0..$maxEdges - walked2] AS taken
  RETURN [post IN taken WHERE post.authorId IS NULL OR post.authorId <> $accountId] AS level3, walked2 + size(taken) AS walked3
}
CALL (level3, walked3) {
  UNWIND CASE WHEN $hops >= 4 THEN level3 ELSE [] END AS near
  MATCH (near)<-[:SHARED_FROM]-(post:Post)
  WITH post LIMIT $maxEdges
  WITH collect(post) AS found
  WITH found[0..$maxEdges - walked3] AS taken
  RETURN [post IN taken WHERE post.authorId IS NULL OR post.authorId <> $accountId] AS level4, walked3 + size(taken) AS walked4
}
CALL (level0, level1, level2, level3, walked4) {
  UNWIND CASE WHEN walked4 < $maxEdges THEN [] ELSE [level0, level1, level2, level3][0..$hops] END AS level
  UNWIND level AS near
  WITH DISTINCT near
  RETURN sum(COUNT { (near)<-[:SHARED_FROM]-() }) AS open
}
CALL (level1, level2, level3, level4) {
  UNWIND range(1, 4) AS hop
  UNWIND [level1, level2, level3, level4][hop - 1] AS post
  WITH post.authorId AS accountId, min(hop) AS hop, count(*) AS shares,
    min(post.createdAt) AS firstAt, max(post.createdAt) AS lastAt
  ORDER BY shares DESC, accountId
  RETURN
    collect(CASE WHEN accountId IS NOT NULL THEN {
      accountId: accountId, hop: hop, shares: shares, firstAt: firstAt, lastAt: lastAt
    } END) AS everyone,
    sum(CASE
      WHEN accountId IS NULL THEN 0
      WHEN shares > $afterShares OR (shares = $afterShares AND accountId <= $afterAccountId) THEN 1
      ELSE 0
    END) AS shown,
    sum(CASE WHEN accountId IS NULL THEN shares ELSE 0 END) AS unknownAuthors
}
RETURN everyone[shown..shown + $limit] AS items, size(everyone) AS total, size(level0) AS posts,
  COUNT { (account)-[:AUTHORED]->() } - seen AS unseenPosts, walked4 AS edges,
  CASE WHEN open > walked4 THEN open - walked4 ELSE 0 END AS unseenEdges, unknownAuthors
