-- A page of places in the order of their posts, in the generation that counts; all of one post stand in one line.
-- params: after, limit · rows: key, text
WITH
    (
        SELECT max(post_id)
        FROM (SELECT post_id FROM places WHERE post_id > {after:String} ORDER BY post_id LIMIT {limit:UInt32})
    ) AS to_id
SELECT post_id AS key, arrayStringConcat(arraySort(groupArray(line)), ' ') AS text
FROM
(
    SELECT post_id, toJSONString(map('postId', post_id, 'rootId', root_id)) AS line
    FROM places AS p
    LEFT JOIN (SELECT root_id AS root, max(generation) AS current FROM lineage_generations GROUP BY root_id) AS g ON g.root = p.root_id
    WHERE p.generation = g.current AND post_id > {after:String} AND post_id <= to_id
)
GROUP BY post_id
ORDER BY key
