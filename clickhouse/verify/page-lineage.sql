-- Lineage as it counts, in order, some rows at a time; rows that share a place come together.
-- params: rootId, afterRootId, afterSeq, linkSeq, limit · rows: rootId, seq, postId, parentId, parentSeq, depth, accountId, accountOrd, sharedAtMs, acceptSeq, linkSeq
SELECT
    l.root_id AS rootId,
    l.seq AS seq,
    l.post_id AS postId,
    l.parent_id AS parentId,
    l.parent_seq AS parentSeq,
    l.depth AS depth,
    l.account_id AS accountId,
    l.account_ord AS accountOrd,
    toUnixTimestamp64Milli(l.shared_at) AS sharedAtMs,
    l.accept_seq AS acceptSeq,
    l.link_seq AS linkSeq
FROM lineage AS l
LEFT JOIN
(
    SELECT root_id, max(lineage_generations.generation) AS current
    FROM lineage_generations
    GROUP BY root_id
) AS g ON g.root_id = l.root_id
WHERE l.generation = g.current
    AND l.link_seq <= {linkSeq:UInt64}
    AND ({rootId:String} = '' OR l.root_id = {rootId:String})
    AND l.root_id >= {afterRootId:String}
    AND (l.root_id > {afterRootId:String} OR l.seq > {afterSeq:Int64})
ORDER BY rootId, seq
LIMIT {limit:UInt32} WITH TIES
