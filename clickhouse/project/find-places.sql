-- Where posts stand in their cascades.
-- params: postIds · rows: postId, rootId, generation, seq
SELECT post_id AS postId, root_id AS rootId, generation, seq
FROM places
WHERE post_id IN {postIds:Array(String)}
