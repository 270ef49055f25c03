-- A page of posts in the order of their ids, with what lineage says of each in the generation that counts and the highest
-- link number it has there; all rows of one post stand together. Places find the posts, because lineage lies by cascade.
-- params: after, limit · rows: key, lines, linkSeq
WITH
    (
        SELECT max(post_id)
        FROM (SELECT post_id FROM places WHERE post_id > {after:String} ORDER BY post_id LIMIT {limit:UInt32})
    ) AS to_id
SELECT post_id AS key, arraySort(groupArray(line)) AS lines, max(link) AS linkSeq
FROM
(
    SELECT
        post_id,
        link_seq AS link,
        toJSONString(map(
            'postId', post_id, 'rootId', root_id, 'parentId', parent_id, 'depth', toString(depth), 'accountId', account_id,
            'sharedAt', toString(toUnixTimestamp64Milli(shared_at)), 'acceptSeq', toString(accept_seq))) AS line
    FROM lineage AS l
    LEFT JOIN (SELECT root_id AS root, max(generation) AS current FROM lineage_generations GROUP BY root_id) AS g ON g.root = l.root_id
    WHERE l.generation = g.current
        AND post_id > {after:String} AND post_id <= to_id
        AND root_id IN (SELECT root_id FROM places WHERE post_id > {after:String} AND post_id <= to_id)
)
GROUP BY post_id
ORDER BY key
