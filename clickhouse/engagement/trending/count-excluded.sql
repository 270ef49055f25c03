-- What trending leaves out of a window: events of internal and test accounts and of bots, and events marked as internal.
-- params: fromMs, toMs · rows: events, accounts
SELECT count() AS events, uniqExact(account_id) AS accounts
FROM events AS e
WHERE e.event_name IN ('post_view', 'post_like', 'post_save', 'post_comment', 'post_share')
    AND e.timestamp >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
    AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
    AND e.accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') - INTERVAL 10 MINUTE
    AND (e.is_internal OR e.account_id IN (SELECT account_id FROM excluded_accounts))
