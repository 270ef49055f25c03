-- Runs of following the account that began, and that ended, on each day of the range.
-- A person's state is what the latest event by time and id says, so a second follow begins nothing.
-- params: accountId, fromMs, toMs, dayStartsMs · rows: dayMs, begun, ended
SELECT
    roundDown(ms, {dayStartsMs:Array(Int64)}) AS dayMs,
    countIf(follows) AS begun,
    countIf(NOT follows) AS ended
FROM
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
        AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
        AND NOT is_internal
        AND account_id NOT IN (SELECT account_id FROM excluded_accounts)
)
WHERE follows != followed AND ms >= {fromMs:Int64}
GROUP BY dayMs
ORDER BY dayMs
