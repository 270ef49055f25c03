-- All posts that lineage puts into one cascade, up to a limit.
-- params: rootId, limit · rows: postId
SELECT DISTINCT post_id AS postId
FROM lineage
WHERE root_id = {rootId:String}
    AND generation = (SELECT max(lineage_generations.generation) FROM lineage_generations WHERE root_id = {rootId:String})
LIMIT {limit:UInt32}
