-- The edges of a cascade for GEXF, one a line, in the order of seq: from a post to its share, named like the share, from
-- the share's time on. None leads to the post at the top. U+FFFE and U+FFFF are written as escape-xml.ts says.
-- params: rootId, generation, posts, members, topSeq · rows: line
WITH
    encodeXMLComponent(post_id) AS post,
    concat(
        '<edge id="', post, '" source="', encodeXMLComponent(parent_id), '" target="', post, '" weight="1" start="',
        replaceOne(toString(shared_at), ' ', 'T'), 'Z"/>'
    ) AS written
SELECT replaceAll(replaceAll(replaceAll(written,
    '\xEF\xBF\xBD', '\xEF\xBF\xBD\xEF\xBF\xBD'), '\xEF\xBF\xBE', '\xEF\xBF\xBDE'), '\xEF\xBF\xBF', '\xEF\xBF\xBDF') AS line
FROM lineage
WHERE root_id = {rootId:String} AND generation = {generation:UInt32} AND seq < {posts:UInt32} AND seq != {topSeq:UInt32}
    AND ({members:String} = '' OR bitTest(reinterpretAsUInt8(substring(base64Decode({members:String}), intDiv(seq, 8) + 1, 1)), seq % 8))
ORDER BY seq
