-- Followers and posting days of some accounts at a time: the last count of followers that was said, moved by who began and
-- ceased to follow since, and the days on which something was posted or shared.
-- params: accountIds, toMs, sinceMs · rows: accountId, followers, postingDays
WITH
    excluded AS (SELECT account_id FROM excluded_accounts),
    fromUnixTimestamp64Milli({toMs:Int64}, 'UTC') AS to_time,
    said AS
    (
        SELECT
            account_id,
            argMax(follower_count, (e.timestamp, event_id)) AS followers,
            max(e.timestamp) AS said_at
        FROM events AS e
        WHERE e.event_name IN ('user_registered', 'user_updated')
            AND e.account_id IN {accountIds:Array(String)}
            AND e.follower_count IS NOT NULL
            AND e.timestamp <= to_time
            AND NOT e.is_internal
            AND e.account_id NOT IN excluded
        GROUP BY account_id
    ),
    follows AS
    (
        SELECT
            target_account_id,
            e.timestamp AS at,
            e.action = 'follow' AS follows,
            lagInFrame(e.action = 'follow', 1, 0) OVER (
                PARTITION BY target_account_id, account_id ORDER BY e.timestamp, event_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS followed
        FROM events AS e
        WHERE e.event_name = 'user_follow'
            AND e.target_account_id IN {accountIds:Array(String)}
            AND e.timestamp <= to_time
            AND NOT e.is_internal
            AND e.account_id NOT IN excluded
    ),
    moved AS
    (
        SELECT target_account_id AS account_id, sum(toInt64(follows.follows) - toInt64(follows.followed)) AS net
        FROM follows
        LEFT JOIN said ON said.account_id = follows.target_account_id
        WHERE at > said.said_at
        GROUP BY target_account_id
    ),
    posted AS
    (
        SELECT account_id, uniqExact(toDate(e.timestamp, 'UTC')) AS days
        FROM events AS e
        WHERE e.event_name IN ('post_created', 'post_share')
            AND e.account_id IN {accountIds:Array(String)}
            AND e.timestamp > fromUnixTimestamp64Milli({sinceMs:Int64}, 'UTC')
            AND e.timestamp <= to_time
            AND NOT e.is_internal
            AND e.account_id NOT IN excluded
        GROUP BY account_id
    )
SELECT
    asked.account_id AS accountId,
    greatest(0, toInt64(ifNull(said.followers, 0)) + moved.net) AS followers,
    posted.days AS postingDays
FROM (SELECT arrayJoin({accountIds:Array(String)}) AS account_id) AS asked
LEFT JOIN said ON said.account_id = asked.account_id
LEFT JOIN moved ON moved.account_id = asked.account_id
LEFT JOIN posted ON posted.account_id = asked.account_id
