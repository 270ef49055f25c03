-- A stretch of one cascade as numbers of fixed width, in the order of seq, to be taken as Native columns.
-- params: rootId, generation, from, to · rows: seq, parentSeq, depth, timeMs, accountOrd
SELECT
    seq,
    parent_seq AS parentSeq,
    depth,
    toFloat64(toUnixTimestamp64Milli(shared_at)) AS timeMs,
    account_ord AS accountOrd
FROM lineage
WHERE root_id = {rootId:String} AND generation = {generation:UInt32} AND seq >= {from:UInt32} AND seq < {to:UInt32}
ORDER BY seq
