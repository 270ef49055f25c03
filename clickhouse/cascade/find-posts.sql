-- Posts of one cascade by their places in it.
-- params: rootId, generation, seqs · rows: seq, postId, parentId, depth, accountId, sharedAtMs
SELECT
    seq,
    post_id AS postId,
    parent_id AS parentId,
    depth,
    account_id AS accountId,
    toUnixTimestamp64Milli(shared_at) AS sharedAtMs
FROM lineage
WHERE root_id = {rootId:String} AND generation = {generation:UInt32} AND seq IN ({seqs:Array(UInt32)})
SETTINGS max_threads = 1
