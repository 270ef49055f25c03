-- Where the mirror stands in some cascades: the generation that counts, how many posts and accounts it has written.
-- params: rootIds · rows: rootId, generation, posts, accounts
SELECT
    root_id AS rootId,
    any(current) AS generation,
    sumIf(posts, generation = current) AS posts,
    maxIf(accounts, generation = current) AS accounts
FROM cascades
LEFT JOIN
(
    SELECT root_id, max(generation) AS current
    FROM lineage_generations
    WHERE root_id IN {rootIds:Array(String)}
    GROUP BY root_id
) AS generations USING (root_id)
WHERE root_id IN {rootIds:Array(String)}
GROUP BY root_id
