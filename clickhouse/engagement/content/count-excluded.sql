-- Counts what is excluded from the answers about values of content, by the kinds of event that they count.
-- params: fromMs, toMs, acceptedFromMs · rows: events, accounts
SELECT count() AS events, uniqExact(account_id) AS accounts
FROM events AS e
WHERE event_name IN ('post_created', 'post_view', 'post_like', 'post_save', 'post_comment', 'post_share')
    AND accepted_at >= fromUnixTimestamp64Milli({acceptedFromMs:Int64}, 'UTC')
    AND toUnixTimestamp64Milli(e.timestamp) >= {fromMs:Int64} AND toUnixTimestamp64Milli(e.timestamp) < {toMs:Int64}
    AND (is_internal OR account_id IN (SELECT account_id FROM excluded_accounts))
