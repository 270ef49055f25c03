-- For analysts: every cascade, a lone post included, and what was last measured of its shape (null where it was not yet).
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS v_cascades {{cluster}} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
WITH
    counting AS
    (
        SELECT lineage_generations.root_id AS root_id, max(lineage_generations.generation) AS newest
        FROM lineage_generations
        GROUP BY root_id
    )
SELECT
    c.root_id AS root_post_id,
    toString(max(c.author_id)) AS author_id,
    max(c.created_at) AS created_at,
    sum(c.posts) AS size,
    toUInt64(size - 1) AS shares,
    toUInt64(max(c.accounts) - (author_id = '')) AS accounts,
    toUInt32(max(c.depth)) AS depth,
    max(c.last_share_at) AS last_share_at,
    any(m.max_breadth) AS max_breadth,
    any(m.structural_virality) AS structural_virality,
    any(m.velocity) AS shares_in_last_hour
FROM cascades AS c
LEFT JOIN
(
    SELECT
        s.root_id AS root_id,
        toNullable(s.max_breadth) AS max_breadth,
        s.structural_virality AS structural_virality,
        toNullable(s.velocity) AS velocity
    FROM cascade_shapes AS s FINAL
    WHERE s.root_id != ''
) AS m ON m.root_id = c.root_id
WHERE (c.generation = 0 AND c.root_id NOT IN (SELECT root_id FROM counting))
    OR (c.root_id, c.generation) IN (SELECT root_id, newest FROM counting)
GROUP BY c.root_id
