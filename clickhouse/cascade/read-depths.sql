-- Every depth of one cascade: posts, when the first of them was made, distinct accounts. Read from the projection.
-- params: rootId · rows: depth, posts, firstAtMs, accounts
SELECT
    depth,
    count() AS posts,
    toUnixTimestamp64Milli(min(shared_at)) AS firstAtMs,
    groupBitmap(account_ord) AS accounts
FROM lineage
WHERE root_id = {rootId:String}
    AND generation = (SELECT max(generation) FROM lineage_generations WHERE root_id = {rootId:String})
GROUP BY depth
ORDER BY depth
SETTINGS max_threads = 1
