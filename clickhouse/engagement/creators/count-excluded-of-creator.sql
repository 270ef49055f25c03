-- What is left out of an answer about the account: its own postings, reactions to its posts and follows of it, by excluded accounts.
-- params: accountId, fromMs, toMs · rows: events, accounts
WITH
    own AS
    (
        SELECT if(event_name = 'post_share', share_id, post_id) AS made
        FROM events
        WHERE event_name IN ('post_created', 'post_share')
            AND made IN
            (
                SELECT if(event_name = 'post_share', share_id, post_id)
                FROM events
                WHERE event_name IN ('post_created', 'post_share') AND account_id = {accountId:String}
            )
        GROUP BY made
        HAVING argMin(account_id, accept_seq) = {accountId:String}
    )
SELECT count() AS events, uniqExact(account_id) AS accounts
FROM events AS e
WHERE e.accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64} - 600000, 'UTC')
    AND e.timestamp >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
    AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
    AND (
        (event_name IN ('post_created', 'post_share') AND account_id = {accountId:String})
        OR (event_name IN ('post_view', 'post_like', 'post_save', 'post_comment', 'post_share') AND post_id IN (SELECT made FROM own))
        OR (event_name = 'user_follow' AND target_account_id = {accountId:String})
    )
    AND (is_internal OR account_id IN (SELECT account_id FROM excluded_accounts))
