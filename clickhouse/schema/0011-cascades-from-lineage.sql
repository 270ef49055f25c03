-- Feeds cascades from lineage. A provisional root has no time of its own yet: it is stored as 1970 and shown as unknown.
-- params: none · rows: none
CREATE MATERIALIZED VIEW IF NOT EXISTS cascades_from_lineage {{cluster}} TO cascades AS
SELECT
    root_id,
    generation,
    count() AS posts,
    max(l.account_ord) + 1 AS accounts,
    max(l.depth) AS depth,
    max(if(l.depth = 0, l.account_id, '')) AS author_id,
    maxIf(toNullable(l.shared_at), l.depth = 0 AND l.shared_at > toDateTime64(0, 3, 'UTC')) AS created_at,
    maxIf(toNullable(l.shared_at), l.depth > 0) AS last_share_at,
    max(l.accept_seq) AS accept_seq,
    max(l.link_seq) AS link_seq
FROM lineage AS l
GROUP BY root_id, generation
