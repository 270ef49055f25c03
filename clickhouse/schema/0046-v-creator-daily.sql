-- For analysts: what each account posted on each day of UTC, how its posts were received, who began and ceased to follow it.
-- A post belongs to the account of the first event that made it. A second follow begins nothing.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS v_creator_daily {{cluster}} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
WITH
    excluded AS (SELECT excluded_accounts.account_id AS account_id FROM excluded_accounts),
    owners AS
    (
        SELECT if(e.event_name = 'post_share', e.share_id, e.post_id) AS made, argMin(e.account_id, e.accept_seq) AS owner_id
        FROM events AS e
        WHERE e.event_name IN ('post_created', 'post_share')
        GROUP BY made
    ),
    parts AS
    (
        SELECT e.account_id AS account_id, toDate(e.timestamp) AS day, count() AS posted, 0 AS views, 0 AS engagements, 0 AS begun, 0 AS ended
        FROM events AS e
        WHERE e.event_name = 'post_created' AND NOT e.is_internal AND e.account_id NOT IN (SELECT account_id FROM excluded)
        GROUP BY account_id, day
        UNION ALL
        SELECT o.owner_id AS account_id, d.day AS day, 0 AS posted, sum(d.views) AS views, sum(d.likes + d.comments + d.shares) AS engagements, 0 AS begun, 0 AS ended
        FROM engagement_days AS d
        INNER JOIN owners AS o ON o.made = d.post_id
        GROUP BY account_id, day
        UNION ALL
        SELECT f.followed_id AS account_id, toDate(f.at) AS day, 0 AS posted, 0 AS views, 0 AS engagements, countIf(f.follows) AS begun, countIf(NOT f.follows) AS ended
        FROM
        (
            SELECT
                e.target_account_id AS followed_id,
                e.timestamp AS at,
                e.action = 'follow' AS follows,
                lagInFrame(e.action = 'follow', 1, 0) OVER (
                    PARTITION BY e.target_account_id, e.account_id ORDER BY e.timestamp, e.event_id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                ) AS followed
            FROM events AS e
            WHERE e.event_name = 'user_follow' AND NOT e.is_internal AND e.account_id NOT IN (SELECT account_id FROM excluded)
        ) AS f
        WHERE f.follows != f.followed
        GROUP BY account_id, day
    )
SELECT
    p.account_id AS account_id,
    p.day AS day,
    sum(p.posted) AS content_posted,
    sum(p.views) AS views,
    sum(p.engagements) AS engagements,
    sum(p.begun) AS new_followers,
    sum(p.ended) AS follower_churn,
    if(views > 0, engagements / views, NULL) AS engagement_rate
FROM parts AS p
WHERE p.account_id != ''
GROUP BY p.account_id, p.day
HAVING content_posted != 0 OR views != 0 OR engagements != 0 OR new_followers != 0 OR follower_churn != 0
