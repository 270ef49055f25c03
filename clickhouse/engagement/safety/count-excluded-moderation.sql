-- Flags and actions that are in no other number, and who made them: internal events, and flags of accounts that are excluded.
-- params: fromMs, toMs · rows: events, accounts
SELECT
    count() AS events,
    uniqExactIf(e.account_id, e.account_id != '') AS accounts
FROM events AS e
WHERE e.event_name IN ('content_flagged', 'moderation_action')
    AND e.accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64} - 600000, 'UTC')
    AND e.timestamp >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
    AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
    AND (
        e.is_internal
        OR (e.event_name = 'content_flagged' AND e.account_id IN (SELECT account_id FROM excluded_accounts))
    )
