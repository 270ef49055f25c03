-- The place of one post in the lineage of its cascade, in the generation that counts.
-- params: postId, rootId · rows: generation, seq
SELECT generation, seq
FROM places
WHERE post_id = {postId:String} AND root_id = {rootId:String}
    AND generation = (SELECT max(generation) FROM lineage_generations WHERE root_id = {rootId:String})
LIMIT 1
SETTINGS max_threads = 1
