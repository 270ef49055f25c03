-- What each post received, as it was counted by day, against a recount of the facts; one part of all posts at a time.
-- A view counts from 3 seconds on. A person likes or saves a post when that is the last they said of it.
-- Where facts have expired, only later days are compared, and likes and saves not at all: what was said before decides them.
-- params: toSeq, parts, part, maxExamples · rows: looked, differing, examples
WITH
(SELECT if(count() = 0, toDate(0), toDate(max(accepted_at)) + 2) FROM outcomes WHERE status = 'expired') AS whole_from,
excluded AS
(
    SELECT account_id
    FROM events
    WHERE event_name IN ('user_registered', 'user_updated') AND accept_seq <= {toSeq:UInt64}
    GROUP BY account_id
    HAVING argMax(tuple(says_internal), (says_internal IS NOT NULL, timestamp, event_id)).1 = true
        OR argMax(tuple(says_test), (says_test IS NOT NULL, timestamp, event_id)).1 = true
        OR argMax(account_type, (account_type != '', timestamp, event_id)) = 'bot'
)
SELECT
    countIf(expected != (0, 0, 0, 0, 0, 0)) AS looked,
    countIf(expected != found) AS differing,
    groupArrayIf({maxExamples:UInt32})((id, toString(expected), toString(found)), expected != found) AS examples
FROM
(
    SELECT
        id,
        (sumIf(impressions, recount), sumIf(views, recount), sumIf(likes, recount), sumIf(saves, recount), sumIf(comments, recount), sumIf(shares, recount)) AS expected,
        (sumIf(impressions, NOT recount), sumIf(views, NOT recount), sumIf(likes, NOT recount), sumIf(saves, NOT recount), sumIf(comments, NOT recount), sumIf(shares, NOT recount)) AS found
    FROM
    (
        SELECT
            post_id AS id,
            true AS recount,
            toInt64(event_name = 'post_view') AS impressions,
            toInt64(event_name = 'post_view' AND ifNull(duration_ms, 0) >= 3000) AS views,
            toInt64(0) AS likes,
            toInt64(0) AS saves,
            toInt64(event_name = 'post_comment') AS comments,
            toInt64(event_name = 'post_share') AS shares
        FROM events
        WHERE event_name IN ('post_view', 'post_comment', 'post_share') AND toDate(timestamp) >= whole_from AND NOT is_internal AND account_id NOT IN excluded
            AND accept_seq <= {toSeq:UInt64} AND sipHash64(post_id) % {parts:UInt32} = {part:UInt32}
        UNION ALL
        SELECT
            post_id AS id,
            true AS recount,
            0 AS impressions,
            0 AS views,
            toInt64(argMax(action, (timestamp, event_id)) = 'like') AS likes,
            toInt64(argMax(action, (timestamp, event_id)) = 'save') AS saves,
            0 AS comments,
            0 AS shares
        FROM events
        WHERE event_name IN ('post_like', 'post_save') AND whole_from = toDate(0) AND NOT is_internal AND account_id NOT IN excluded
            AND accept_seq <= {toSeq:UInt64} AND sipHash64(post_id) % {parts:UInt32} = {part:UInt32}
        GROUP BY event_name, post_id, account_id
        UNION ALL
        SELECT
            post_id AS id,
            false AS recount,
            impressions,
            views,
            if(whole_from = toDate(0), likes, 0) AS likes,
            if(whole_from = toDate(0), saves, 0) AS saves,
            comments,
            shares
        FROM engagement_days
        WHERE day >= whole_from AND sipHash64(post_id) % {parts:UInt32} = {part:UInt32}
    )
    GROUP BY id
    ORDER BY id
)
