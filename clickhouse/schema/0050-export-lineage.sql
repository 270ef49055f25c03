-- Every linked post as it stands: its cascade, its parent, its depth. Of a root known only from its shares account and time are unknown.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS export_lineage {{cluster}} AS
SELECT
    l.root_id AS root_id,
    l.seq AS seq,
    l.post_id AS post_id,
    if(l.seq = 0, NULL, l.parent_id) AS parent_id,
    l.depth AS depth,
    nullIf(l.account_id, '') AS account_id,
    if(l.seq = 0 AND toUnixTimestamp64Milli(l.shared_at) = 0, NULL, l.shared_at) AS created_at,
    l.accept_seq AS accept_seq
FROM lineage AS l
LEFT JOIN
(
    SELECT root_id, max(g.generation) AS current
    FROM lineage_generations AS g
    GROUP BY root_id
) AS newest ON newest.root_id = l.root_id
WHERE l.generation = newest.current
