-- How many places there are in the generations that count, and a sum over which post stands in which cascade.
-- params: none · rows: rows, digest
SELECT count() AS rows, toString(sum(sipHash64(tuple(post_id, root_id)))) AS digest
FROM places AS p
LEFT JOIN (SELECT root_id AS root, max(generation) AS current FROM lineage_generations GROUP BY root_id) AS g ON g.root = p.root_id
WHERE p.generation = g.current
