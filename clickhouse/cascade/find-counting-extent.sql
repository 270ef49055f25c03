-- How far the lineage of one cascade reaches: the generation that counts and the posts it has; none for an unknown root.
-- params: rootId · rows: generation, posts
SELECT generation, sum(posts) AS posts
FROM cascades
WHERE root_id = {rootId:String}
    AND generation = (SELECT max(generation) FROM lineage_generations WHERE root_id = {rootId:String})
GROUP BY generation
SETTINGS max_threads = 1
