-- The posts of a cascade as lines of GraphML in the order of seq: the node, and after it the edge from its parent, but for
-- the post at the top. U+FFFE and U+FFFF, which XML cannot hold, are written as escape-xml.ts says.
-- params: rootId, generation, posts, members, topSeq · rows: line
WITH
    encodeXMLComponent(post_id) AS post,
    concat(replaceOne(toString(shared_at), ' ', 'T'), 'Z') AS at,
    concat(
        '<node id="', post, '"><data key="depth">', toString(depth), '</data>',
        if(account_id = '', '', concat('<data key="accountId">', encodeXMLComponent(account_id), '</data>')),
        if(seq = 0 AND toUnixTimestamp64Milli(shared_at) = 0, '', concat('<data key="createdAt">', at, '</data>')), '</node>',
        if(seq = {topSeq:UInt32}, '', concat(
            '<edge source="', encodeXMLComponent(parent_id), '" target="', post,
            '"><data key="weight">1</data><data key="at">', at, '</data></edge>'))
    ) AS written
SELECT replaceAll(replaceAll(replaceAll(written,
    '\xEF\xBF\xBD', '\xEF\xBF\xBD\xEF\xBF\xBD'), '\xEF\xBF\xBE', '\xEF\xBF\xBDE'), '\xEF\xBF\xBF', '\xEF\xBF\xBDF') AS line
FROM lineage
WHERE root_id = {rootId:String} AND generation = {generation:UInt32} AND seq < {posts:UInt32}
    AND ({members:String} = '' OR bitTest(reinterpretAsUInt8(substring(base64Decode({members:String}), intDiv(seq, 8) + 1, 1)), seq % 8))
ORDER BY seq
