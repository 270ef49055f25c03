-- How many cascades there are, and a sum over what is kept of each in the generation that counts.
-- params: none · rows: rows, digest
SELECT count() AS rows, toString(sum(sipHash64(tuple(root_id, posts, accounts, depth, author_id, created_at, last_share_at, accept_seq)))) AS digest
FROM
(
    SELECT
        root_id,
        sum(c.posts) AS posts,
        max(c.accounts) AS accounts,
        max(c.depth) AS depth,
        max(c.author_id) AS author_id,
        max(c.created_at) AS created_at,
        max(c.last_share_at) AS last_share_at,
        max(c.accept_seq) AS accept_seq
    FROM cascades AS c
    LEFT JOIN (SELECT root_id AS root, max(generation) AS current FROM lineage_generations GROUP BY root_id) AS g ON g.root = c.root_id
    WHERE c.generation = g.current
    GROUP BY root_id
)
