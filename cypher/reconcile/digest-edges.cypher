// What the graph says of some cascades' shares below a watermark: their number and sums that show any moved edge, wrong
// depth, changed time or weight. Edges are counted, not posts, and one that never got a number counts at any watermark.
// A cascade without shares has no row. A share without a weight counts as something that no weight comes to.
// params: rootIds, acceptSeq, linkSeq · rows: rootId, shares, ids, edges, depths, times, weights
UNWIND $rootIds AS rootId
MATCH (share:Post {rootId: rootId})
WHERE share.depth > 0 AND coalesce(share.linkSeq, 0) <= $linkSeq AND coalesce(share.acceptSeq, 0) <= $acceptSeq
MATCH (share)-[edge:SHARED_FROM]->(parent:Post)
WITH rootId, share, parent, edge.at AS at, coalesce(toInteger(floor(edge.confidence * 1000000 + 0.5)), 1000003) AS weight
WITH rootId, count(share) AS shares, sum(share.h1) AS ids, sum((share.h1 * parent.h2) % 2147483647) AS edges,
  sum((share.h1 * (share.depth + 1)) % 2147483647) AS depths,
  sum((share.h1 * (share.createdAt % 2147483647)) % 2147483647) AS times,
  sum((share.h1 * (weight + at % 2147483647)) % 2147483647) AS weights
RETURN rootId, shares, toString(ids) AS ids, toString(edges) AS edges, toString(depths) AS depths,
  toString(times) AS times, toString(weights) AS weights
