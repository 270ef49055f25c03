// The highest accept and link numbers that posts and refusals carry.
// params: none · rows: place, acceptSeq, linkSeq
CALL () {
  MATCH (post:Post) WHERE post.acceptSeq > 0
  RETURN 'posts' AS place, post.acceptSeq AS acceptSeq, 0 AS linkSeq ORDER BY acceptSeq DESC LIMIT 1
  UNION ALL
  MATCH (post:Post) WHERE post.linkSeq > 0
  RETURN 'linked posts' AS place, 0 AS acceptSeq, post.linkSeq AS linkSeq ORDER BY linkSeq DESC LIMIT 1
  UNION ALL
  MATCH (refusal:Refusal) WHERE refusal.acceptSeq > 0
  RETURN 'refusals' AS place, refusal.acceptSeq AS acceptSeq, 0 AS linkSeq ORDER BY acceptSeq DESC LIMIT 1
  UNION ALL
  MATCH (change:RootChange) WHERE change.linkSeq > 0
  RETURN 'root changes' AS place, 0 AS acceptSeq, change.linkSeq AS linkSeq ORDER BY linkSeq DESC LIMIT 1
}
RETURN place, acceptSeq, linkSeq
