-- How many posts lineage has in the generations that count, and a sum over all that the graph decides about them.
-- Places, generations and link numbers are left out: they tell in which order posts were linked, not what they are.
-- params: none · rows: rows, digest
SELECT
    count() AS rows,
    toString(sum(sipHash64(tuple(root_id, post_id, parent_id, depth, account_id, shared_at, accept_seq)))) AS digest
FROM lineage AS l
LEFT JOIN (SELECT root_id AS root, max(generation) AS current FROM lineage_generations GROUP BY root_id) AS g ON g.root = l.root_id
WHERE l.generation = g.current
