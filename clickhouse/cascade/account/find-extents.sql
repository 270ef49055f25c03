-- How far the lineage of some cascades reaches, each in the generation that counts.
-- params: rootIds · rows: rootId, generation, posts
WITH generations AS
(
    SELECT root_id, max(generation) AS current
    FROM lineage_generations
    WHERE root_id IN {rootIds:Array(String)}
    GROUP BY root_id
)
SELECT root_id AS rootId, generation, sum(cascades.posts) AS posts
FROM cascades
LEFT JOIN generations USING (root_id)
WHERE root_id IN {rootIds:Array(String)} AND generation = current
GROUP BY root_id, generation
