-- Of many posts of one cascade the first ones after an id, in byte order of the post's or the account's id.
-- Which posts is said by a bit a place, in base64: a list of them could be as long as the cascade.
-- params: rootId, generation, posts, members, by, after, limit · rows: seq
WITH
    base64Decode({members:String}) AS bits,
    if({by:String} = 'accountId', account_id, post_id) AS id
SELECT seq
FROM lineage
WHERE root_id = {rootId:String} AND generation = {generation:UInt32} AND seq < {posts:UInt32}
    AND bitTest(reinterpretAsUInt8(substring(bits, intDiv(seq, 8) + 1, 1)), seq % 8)
    AND id > {after:String}
ORDER BY id
LIMIT {limit:UInt32}
