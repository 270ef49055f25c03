-- Among the first posts of a cascade, the one with the given number of direct shares; of several, the first in byte order.
-- params: rootId, generation, posts, shares · rows: postId
SELECT min(post_id) AS postId
FROM lineage
WHERE root_id = {rootId:String} AND generation = {generation:UInt32} AND seq IN
(
    SELECT parent_seq
    FROM lineage
    WHERE root_id = {rootId:String} AND generation = {generation:UInt32} AND seq > 0 AND seq < {posts:UInt32}
    GROUP BY parent_seq
    HAVING count() = {shares:UInt32}
)
HAVING count() > 0
