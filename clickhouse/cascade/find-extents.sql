-- How far the lineage of one cascade reaches in each generation it was ever written in.
-- params: rootId · rows: generation, posts
SELECT generation, sum(posts) AS posts
FROM cascades
WHERE root_id = {rootId:String}
GROUP BY generation
SETTINGS max_threads = 1
