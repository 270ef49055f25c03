-- The posts of a cascade as nodes of GEXF, one a line, in the order of seq. A provisional root has no start.
-- U+FFFE and U+FFFF, which XML cannot hold, are written as escape-xml.ts says.
-- params: rootId, generation, posts, members · rows: line
WITH
    encodeXMLComponent(post_id) AS post,
    concat(
        '<node id="', post, '" label="', post, '"',
        if(seq = 0 AND toUnixTimestamp64Milli(shared_at) = 0, '', concat(' start="', replaceOne(toString(shared_at), ' ', 'T'), 'Z"')),
        '><attvalues><attvalue for="depth" value="', toString(depth), '"/>',
        if(account_id = '', '', concat('<attvalue for="accountId" value="', encodeXMLComponent(account_id), '"/>')),
        '</attvalues></node>'
    ) AS written
SELECT replaceAll(replaceAll(replaceAll(written,
    '\xEF\xBF\xBD', '\xEF\xBF\xBD\xEF\xBF\xBD'), '\xEF\xBF\xBE', '\xEF\xBF\xBDE'), '\xEF\xBF\xBF', '\xEF\xBF\xBDF') AS line
FROM lineage
WHERE root_id = {rootId:String} AND generation = {generation:UInt32} AND seq < {posts:UInt32}
    AND ({members:String} = '' OR bitTest(reinterpretAsUInt8(substring(base64Decode({members:String}), intDiv(seq, 8) + 1, 1)), seq % 8))
ORDER BY seq
