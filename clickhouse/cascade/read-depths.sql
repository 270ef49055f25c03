-- Every depth of one cascade: posts, when the first of them was made, distinct accounts, in each generation it was ever
-- written in, in no order. Read from the projection.
-- params: rootId · rows: generation, depth, posts, firstAtMs, accounts
SELECT
    generation,
    depth,
    count() AS posts,
    toUnixTimestamp64Milli(min(shared_at)) AS firstAtMs,
    groupBitmap(account_ord) AS accounts
FROM lineage
WHERE root_id = {rootId:String}
GROUP BY generation, depth
SETTINGS max_threads = 1
