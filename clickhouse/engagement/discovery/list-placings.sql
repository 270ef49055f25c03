-- What was put before people and what came of it, by source or by feed position, after the last one seen.
-- Likes and saves are those that stand before `to` and whose run began in the range; they belong to where the run began.
-- Sources come by impressions, the most first, ties in byte order; positions in their own order.
-- params: by, fromMs, toMs, afterRank, afterPlacing, limit, viewFromMs · rows: placing, rank, impressions, clicks, people, posts, timed, meanTimeToEngagementSeconds, medianTimeToEngagementSeconds, views, likes, comments, shares, saves, total
WITH
    excluded AS (SELECT account_id FROM excluded_accounts),
    begun_in_range AS
    (
        SELECT e.account_id, e.post_id, e.event_name
        FROM events AS e
        WHERE e.event_name IN ('post_like', 'post_save')
            AND e.action IN ('like', 'save')
            AND e.accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64} - 600000, 'UTC')
            AND e.timestamp >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
            AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
            AND NOT e.is_internal
            AND e.account_id NOT IN excluded
    ),
    -- Whether one of these stands, and since when, may depend on what was before the range.
    runs AS
    (
        SELECT
            e.event_name AS kind,
            arraySort(groupArray((
                e.timestamp,
                e.event_id,
                e.action IN ('like', 'save'),
                if({by:String} = 'source', toString(e.source), ifNull(toString(e.feed_position), ''))
            ))) AS history,
            arrayLastIndex(moment -> NOT moment.3, history) AS last_undone,
            history[last_undone + 1] AS start
        FROM events AS e
        WHERE e.event_name IN ('post_like', 'post_save')
            AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
            AND NOT e.is_internal
            AND (e.account_id, e.post_id, e.event_name) IN (SELECT account_id, post_id, event_name FROM begun_in_range)
        GROUP BY e.account_id, e.post_id, e.event_name
        HAVING last_undone < length(history)
    ),
    standing AS
    (
        SELECT
            start.4 AS placing,
            countIf(kind = 'post_like') AS likes,
            countIf(kind = 'post_save') AS saves
        FROM runs
        WHERE start.1 >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AND placing != ''
        GROUP BY placing
    ),
    asked AS
    (
        SELECT
            if({by:String} = 'source', toString(e.source), ifNull(toString(e.feed_position), '')) AS placing,
            e.event_name AS kind,
            e.account_id AS person,
            e.post_id AS post,
            ifNull(e.clicked_through, false) AS is_click,
            e.time_to_engagement_ms AS wait_ms,
            ifNull(e.duration_ms, 0) >= {viewFromMs:UInt64} AS is_watched
        FROM events AS e
        WHERE e.event_name IN ('post_discovered', 'post_view', 'post_comment', 'post_share')
            AND e.accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64} - 600000, 'UTC')
            AND e.timestamp >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
            AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
            AND NOT e.is_internal
            AND e.account_id NOT IN excluded
    ),
    counted AS
    (
        SELECT
            placing,
            countIf(kind = 'post_discovered') AS impressions,
            countIf(kind = 'post_discovered' AND is_click) AS clicks,
            uniqExactIf(person, kind = 'post_discovered') AS people,
            uniqExactIf(post, kind = 'post_discovered') AS posts,
            countIf(kind = 'post_discovered' AND wait_ms IS NOT NULL) AS timed,
            sumIf(wait_ms, kind = 'post_discovered') / timed / 1000 AS mean_seconds,
            quantileExactInclusiveIf(0.5)(wait_ms, kind = 'post_discovered') / 1000 AS median_seconds,
            countIf(kind = 'post_view' AND is_watched) AS views,
            countIf(kind = 'post_comment') AS comments,
            countIf(kind = 'post_share') AS shares
        FROM asked
        WHERE placing != ''
        GROUP BY placing
        HAVING impressions + views + comments + shares > 0
    )
SELECT
    named AS placing, rank, impressions, clicks, people, posts, timed,
    meanTimeToEngagementSeconds, medianTimeToEngagementSeconds,
    views, likes, comments, shares, saves, total
FROM
(
    SELECT
        if(counted.placing != '', counted.placing, standing.placing) AS named,
        if({by:String} = 'source', -toInt64(impressions), toInt64OrZero(named)) AS rank,
        impressions, clicks, people, posts, timed,
        if(timed = 0, NULL, mean_seconds) AS meanTimeToEngagementSeconds,
        if(timed = 0, NULL, median_seconds) AS medianTimeToEngagementSeconds,
        views, likes, comments, shares, saves,
        count() OVER () AS total
    FROM counted
    FULL JOIN standing ON counted.placing = standing.placing
)
WHERE rank > {afterRank:Int64} OR (rank = {afterRank:Int64} AND named > {afterPlacing:String})
ORDER BY rank, named
LIMIT {limit:UInt32}
