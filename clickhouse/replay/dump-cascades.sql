-- A page of cascades in the order of their roots' ids, with what is kept of each in the generation that counts.
-- params: after, limit · rows: key, text
SELECT
    root_id AS key,
    formatRowNoNewline('JSONEachRow',
        root_id AS rootId, sum(c.posts) AS posts, max(c.accounts) AS accounts, max(c.depth) AS depth,
        max(c.author_id) AS authorId, max(c.created_at) AS createdAt, max(c.last_share_at) AS lastShareAt,
        max(c.accept_seq) AS acceptSeq) AS text
FROM cascades AS c
LEFT JOIN (SELECT root_id AS root, max(generation) AS current FROM lineage_generations GROUP BY root_id) AS g ON g.root = c.root_id
WHERE c.generation = g.current AND root_id > {after:String}
GROUP BY root_id
ORDER BY key
LIMIT {limit:UInt32}
