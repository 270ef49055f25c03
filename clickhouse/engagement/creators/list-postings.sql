-- When the account created or shared posts, a row for each day of UTC that meets a day of the asked time zone.
-- Creations count within [fromMs, toMs); the first and the last posting are of (sinceMs, toMs], by which days are judged.
-- params: accountId, sinceMs, fromMs, toMs, dayStartsMs · rows: utcDay, dayMs, created, firstMs, lastMs
SELECT
    toRelativeDayNum(e.timestamp, 'UTC') AS utcDay,
    roundDown(toUnixTimestamp64Milli(e.timestamp), {dayStartsMs:Array(Int64)}) AS dayMs,
    countIf(
        event_name = 'post_created'
            AND e.timestamp >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
            AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
    ) AS created,
    min(toUnixTimestamp64Milli(e.timestamp)) AS firstMs,
    max(toUnixTimestamp64Milli(e.timestamp)) AS lastMs
FROM events AS e
WHERE event_name IN ('post_created', 'post_share')
    AND account_id = {accountId:String}
    AND e.accepted_at >= fromUnixTimestamp64Milli({sinceMs:Int64} - 600000, 'UTC')
    AND e.timestamp > fromUnixTimestamp64Milli({sinceMs:Int64}, 'UTC')
    AND e.timestamp <= fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
    AND NOT is_internal
    AND account_id NOT IN (SELECT account_id FROM excluded_accounts)
GROUP BY utcDay, dayMs
ORDER BY utcDay, dayMs
