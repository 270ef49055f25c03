-- How many cascades were never measured.
-- params: none · rows: unmeasured
SELECT greatest(0, toInt64(cascades) - measured) AS unmeasured
FROM
(
    SELECT count() AS cascades
    FROM cascades FINAL
    WHERE (generation = 0 AND root_id NOT IN (SELECT root_id FROM lineage_generations))
        OR (root_id, generation) IN
        (SELECT root_id, max(lineage_generations.generation) FROM lineage_generations GROUP BY root_id)
) AS present
CROSS JOIN (SELECT sum(sign) AS measured FROM cascade_shapes WHERE band < 255) AS kept
