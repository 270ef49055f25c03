-- Flags and actions of every day that has any, by the calendar of one time zone, the earliest first.
-- params: tz, fromMs, toMs · rows: day, flags, actions, reporters
SELECT
    toString(toDate(e.timestamp, {tz:String})) AS day,
    countIf(e.event_name = 'content_flagged') AS flags,
    countIf(e.event_name = 'moderation_action') AS actions,
    uniqExactIf(e.account_id, e.event_name = 'content_flagged') AS reporters
FROM events AS e
WHERE e.event_name IN ('content_flagged', 'moderation_action')
    AND e.accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64} - 600000, 'UTC')
    AND e.timestamp >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
    AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
    AND NOT e.is_internal
    AND (e.event_name = 'moderation_action' OR e.account_id NOT IN (SELECT account_id FROM excluded_accounts))
GROUP BY day
ORDER BY day
