-- Cascades that were ever written anew, with the generation that counts.
-- params: none · rows: rootId, generation
SELECT root_id AS rootId, max(lineage_generations.generation) AS generation
FROM lineage_generations
GROUP BY root_id
ORDER BY rootId
