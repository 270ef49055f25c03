// What the graph says of some cascades' shares below a watermark: their number and sums that show any moved edge,
// wrong depth or changed time. A cascade without shares has no row.
// params: rootIds, acceptSeq, linkSeq · rows: rootId, shares, ids, edges, depths, times
UNWIND $rootIds AS rootId
MATCH (share:Post {rootId: rootId})
WHERE share.depth > 0 AND share.linkSeq <= $linkSeq AND share.acceptSeq <= $acceptSeq
MATCH (share)-[:SHARED_FROM]->(parent:Post)
WITH rootId, count(share) AS shares, sum(share.h1) AS ids, sum((share.h1 * parent.h2) % 2147483647) AS edges,
  sum((share.h1 * (share.depth + 1)) % 2147483647) AS depths,
  sum((share.h1 * (share.createdAt % 2147483647)) % 2147483647) AS times
RETURN rootId, shares, toString(ids) AS ids, toString(edges) AS edges, toString(depths) AS depths, toString(times) AS times
