-- Feeds cascades from lineage. A provisional root has no time of its own yet: it is stored as 1970 and shown as unknown.
-- params: none · rows: none
CREATE MATERIALIZED VIEW IF NOT EXISTS cascades_from_lineage {{cluster}} TO cascades AS
SELECT
    root_id,
    generation,
    count() AS posts,
    max(account_ord) + 1 AS accounts,
    max(depth) AS depth,
    max(if(depth = 0, account_id, '')) AS author_id,
    maxIf(toNullable(shared_at), depth = 0 AND shared_at > 0) AS created_at,
    maxIf(toNullable(shared_at), depth > 0) AS last_share_at,
    max(accept_seq) AS accept_seq,
    max(link_seq) AS link_seq
FROM lineage
GROUP BY root_id, generation
