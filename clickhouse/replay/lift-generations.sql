-- Writes the cascades whose counting generation has no rows yet once more under that generation, as they stand in their last.
-- params: none · rows: none
INSERT INTO lineage
SELECT l.root_id, g.current, seq, post_id, parent_id, parent_seq, depth, account_id, account_ord, shared_at, accept_seq, link_seq
FROM lineage AS l
INNER JOIN (SELECT root_id AS root, max(generation) AS current FROM lineage_generations GROUP BY root_id) AS g ON g.root = l.root_id
INNER JOIN (SELECT root_id AS root, max(generation) AS newest FROM lineage GROUP BY root_id) AS n ON n.root = l.root_id
WHERE l.generation = n.newest AND n.newest < g.current
ORDER BY l.root_id, seq
