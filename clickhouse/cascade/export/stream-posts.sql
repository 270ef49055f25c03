-- The posts of a cascade in the order of seq, the root first and parents before their shares: all of them, or those whose
-- bits are set in `members` (base64, empty for all). With `guarded`, no text begins as a formula of a spreadsheet would.
-- A provisional root has no account and no time yet. Every edge weighs 1, as lineage keeps no confidence.
-- params: rootId, generation, posts, members, guarded · rows: postId, parentPostId, depth, accountId, createdAt, weight
SELECT
    if({guarded:Bool} AND match(post_id, '^[=+@\t-]'), concat('''', post_id), post_id) AS postId,
    if(seq = 0, NULL, if({guarded:Bool} AND match(parent_id, '^[=+@\t-]'), concat('''', parent_id), parent_id)) AS parentPostId,
    depth,
    nullIf(if({guarded:Bool} AND match(account_id, '^[=+@\t-]'), concat('''', account_id), account_id), '') AS accountId,
    if(seq = 0 AND toUnixTimestamp64Milli(shared_at) = 0, NULL, shared_at) AS createdAt,
    toFloat64(1) AS weight
FROM lineage
WHERE root_id = {rootId:String} AND generation = {generation:UInt32} AND seq < {posts:UInt32}
    AND ({members:String} = '' OR bitTest(reinterpretAsUInt8(substring(base64Decode({members:String}), intDiv(seq, 8) + 1, 1)), seq % 8))
ORDER BY seq
