-- The account's followers at each of the moments: the latest count said of it, moved by who began and ceased to follow since.
-- Without such a count it is who is seen to follow. Of one millisecond, follows come before a count and a count before a moment.
-- params: accountId, momentsMs · rows: atMs, followers
WITH
    excluded AS (SELECT account_id FROM excluded_accounts),
    changes AS
    (
        SELECT
            toUnixTimestamp64Milli(e.timestamp) AS ms,
            action = 'follow' AS follows,
            lagInFrame(action = 'follow', 1, 0) OVER (
                PARTITION BY account_id ORDER BY e.timestamp, event_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS followed
        FROM events AS e
        WHERE event_name = 'user_follow'
            AND target_account_id = {accountId:String}
            AND NOT is_internal
            AND account_id NOT IN excluded
    ),
    line AS
    (
        SELECT ms, 1 AS place, sum(toInt64(follows) - toInt64(followed)) AS change, CAST(NULL, 'Nullable(Int64)') AS said
        FROM changes
        GROUP BY ms
        UNION ALL
        SELECT toUnixTimestamp64Milli(e.timestamp) AS ms, 2 AS place, 0 AS change, CAST(argMax(follower_count, event_id), 'Nullable(Int64)') AS said
        FROM events AS e
        WHERE event_name IN ('user_registered', 'user_updated')
            AND account_id = {accountId:String}
            AND follower_count IS NOT NULL
            AND NOT is_internal
            AND account_id NOT IN excluded
        GROUP BY ms
        UNION ALL
        SELECT arrayJoin({momentsMs:Array(Int64)}) AS ms, 3 AS place, 0 AS change, CAST(NULL, 'Nullable(Int64)') AS said
    ),
    summed AS
    (
        SELECT ms, place, said, sum(change) OVER (ORDER BY ms, place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS seen
        FROM line
    )
SELECT atMs, followers
FROM
(
    SELECT
        ms AS atMs,
        place,
        greatest(
            0,
            seen + ifNull(anyLast(said - seen) OVER (ORDER BY ms, place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), 0)
        ) AS followers
    FROM summed
)
WHERE place = 3
ORDER BY atMs
