-- Cascades whose lineage reaches beyond their last comparison, that were never compared, or on which the stores did not
-- agree; those compared a short while ago are left in peace. In order of their ids, so that one can go on after the last.
-- params: beforeMs, afterRootId, limit · rows: rootId, posts
SELECT c.root_id AS rootId, c.posts AS posts
FROM
(
    SELECT
        root_id,
        sum(cascades.posts) AS posts,
        max(cascades.link_seq) AS link_seq,
        max(cascades.accept_seq) AS accept_seq
    FROM cascades
    WHERE root_id > {afterRootId:String}
    GROUP BY root_id
) AS c
LEFT JOIN
(
    SELECT
        root_id,
        argMax(reconciliations.link_seq, reconciled_at) AS link_seq,
        argMax(reconciliations.accept_seq, reconciled_at) AS accept_seq,
        argMax(graph_digest != facts_digest, reconciled_at) AS disagrees,
        toUnixTimestamp64Milli(max(reconciled_at)) AS reconciled_ms
    FROM reconciliations
    WHERE root_id > {afterRootId:String}
    GROUP BY root_id
) AS r ON r.root_id = c.root_id
WHERE (c.link_seq > r.link_seq OR c.accept_seq > r.accept_seq OR r.disagrees) AND r.reconciled_ms < {beforeMs:Int64}
ORDER BY rootId
LIMIT {limit:UInt32}
