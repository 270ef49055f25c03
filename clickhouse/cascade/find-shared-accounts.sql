-- Accounts that posted in both of two cascades, with their first post in each; those who were early in both come first,
-- then those who were soonest in the one they were later in.
-- params: leftId, leftGeneration, leftPosts, leftStartMs, leftEarlyMs, rightId, rightGeneration, rightPosts, rightStartMs, rightEarlyMs, limit · rows: accountId, leftAtMs, rightAtMs, isEarly, total, early
WITH both AS
(
    SELECT
        account_id AS accountId,
        toUnixTimestamp64Milli(minIf(shared_at, root_id = {leftId:String})) AS leftAtMs,
        toUnixTimestamp64Milli(minIf(shared_at, root_id = {rightId:String})) AS rightAtMs,
        leftAtMs <= {leftEarlyMs:Int64} AND rightAtMs <= {rightEarlyMs:Int64} AS isEarly
    FROM lineage
    WHERE account_id != '' AND
    (
        (root_id = {leftId:String} AND generation = {leftGeneration:UInt32} AND seq < {leftPosts:UInt32})
        OR (root_id = {rightId:String} AND generation = {rightGeneration:UInt32} AND seq < {rightPosts:UInt32})
    )
    GROUP BY account_id
    HAVING countIf(root_id = {leftId:String}) > 0 AND countIf(root_id = {rightId:String}) > 0
)
SELECT
    accountId,
    leftAtMs,
    rightAtMs,
    isEarly = 1 AS isEarly,
    count() OVER () AS total,
    sum(isEarly) OVER () AS early
FROM both
ORDER BY isEarly DESC, greatest(leftAtMs - {leftStartMs:Int64}, rightAtMs - {rightStartMs:Int64}), accountId
LIMIT {limit:UInt32}
