-- The cascade that a post is in, how many posts it has, and how it was last measured.
-- params: postId · rows: rootId, posts, structuralVirality
WITH place AS (SELECT root_id, generation FROM places WHERE post_id = {postId:String} ORDER BY link_seq DESC, generation DESC LIMIT 1)
SELECT
    root_id AS rootId,
    (SELECT sum(c.posts) FROM cascades AS c WHERE (c.root_id, c.generation) IN (place)) AS posts,
    (SELECT argMaxIf(structural_virality, batch, sign > 0) FROM cascade_shapes WHERE root_id IN (SELECT root_id FROM place)) AS structuralVirality
FROM place
SETTINGS max_threads = 1
