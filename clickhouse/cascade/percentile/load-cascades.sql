-- Many small cascades at once as numbers of fixed width, to be taken as Native columns: one cascade after the other, each
-- in the order of seq. `place` is where its id stands among those asked for, from 1.
-- params: rootIds, generations · rows: place, seq, parentSeq, depth, timeMs, accountOrd
WITH {rootIds:Array(String)} AS ids
SELECT
    toUInt32(transform(root_id, ids, arrayEnumerate(ids), 0)) AS place,
    seq,
    parent_seq AS parentSeq,
    depth,
    toFloat64(toUnixTimestamp64Milli(shared_at)) AS timeMs,
    account_ord AS accountOrd
FROM lineage
WHERE root_id IN {rootIds:Array(String)} AND generation = transform(root_id, ids, {generations:Array(UInt32)}, 0)
ORDER BY root_id, generation, seq
