-- What is left out of an answer about the tiers: postings, reactions to posts and follows, by excluded accounts.
-- params: fromMs, toMs · rows: events, accounts
SELECT count() AS events, uniqExact(account_id) AS accounts
FROM events AS e
WHERE event_name IN ('post_created', 'post_share', 'post_view', 'post_like', 'post_comment', 'user_follow')
    AND e.accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64} - 600000, 'UTC')
    AND e.timestamp >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
    AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
    AND (is_internal OR account_id IN (SELECT account_id FROM excluded_accounts))
