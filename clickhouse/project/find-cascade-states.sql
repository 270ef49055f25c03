-- Where the mirror stands in some cascades: the generation that counts, how many posts and accounts it has written.
-- params: rootIds · rows: rootId, generation, posts, accounts
SELECT
    c.root_id AS rootId,
    any(g.current) AS generation,
    sumIf(c.posts, c.generation = g.current) AS posts,
    maxIf(c.accounts, c.generation = g.current) AS accounts
FROM cascades AS c
LEFT JOIN
(
    SELECT root_id, max(lineage_generations.generation) AS current
    FROM lineage_generations
    WHERE root_id IN {rootIds:Array(String)}
    GROUP BY root_id
) AS g ON g.root_id = c.root_id
WHERE c.root_id IN {rootIds:Array(String)}
GROUP BY c.root_id
