-- Every cascade as it stands: its posts with the root, its accounts, how deep it goes, and when it was last shared.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS export_cascades {{cluster}} AS
SELECT
    c.root_id AS root_id,
    sum(c.posts) AS posts,
    max(c.accounts) AS accounts,
    max(c.depth) AS depth,
    nullIf(max(c.author_id), '') AS author_id,
    max(c.created_at) AS created_at,
    max(c.last_share_at) AS last_share_at
FROM cascades AS c
LEFT JOIN
(
    SELECT root_id, max(g.generation) AS current
    FROM lineage_generations AS g
    GROUP BY root_id
) AS newest ON newest.root_id = c.root_id
WHERE c.generation = newest.current
GROUP BY c.root_id
