-- For analysts: every share that the graph has linked, in the generation of its cascade that counts.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS v_shares {{cluster}} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    l.post_id AS share_id,
    l.parent_id AS parent_post_id,
    l.root_id AS root_post_id,
    l.depth AS depth,
    l.account_id AS account_id,
    l.shared_at AS shared_at
FROM lineage AS l
WHERE l.depth > 0
    AND
    (
        (l.generation = 0 AND l.root_id NOT IN (SELECT lineage_generations.root_id FROM lineage_generations))
        OR (l.root_id, l.generation) IN
            (
                SELECT lineage_generations.root_id, max(lineage_generations.generation)
                FROM lineage_generations
                GROUP BY lineage_generations.root_id
            )
    )
