-- How posts were received on the days of a month, counted anew from the facts up to an accept number, one share of the posts.
-- params: toSeq, fromMs, toMs, parts, part, viewFromMs, bonusAbove · rows: none
INSERT INTO engagement_days_recount (day, post_id, impressions, views, bonus_views, likes, saves, comments, shares, watch_ms, completion_millionths, completions)
WITH
    fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AS from_time,
    fromUnixTimestamp64Milli({toMs:Int64}, 'UTC') AS to_time,
    excluded AS (SELECT account_id FROM excluded_accounts),
    -- Not from the facts, where old likes may have expired; they were compared with these before.
    standing AS
    (
        SELECT
            event_name,
            post_id,
            arraySort(groupArray((timestamp, event_id, is_on))) AS changes,
            arrayReverse(changes.3) AS newest_first,
            indexOf(newest_first, false) AS run_ends,
            changes[if(run_ends = 0, 1, length(changes) - run_ends + 2)].1 AS began_at
        FROM reactions
        WHERE account_id NOT IN excluded AND cityHash64(post_id) % {parts:UInt32} = {part:UInt32}
        GROUP BY event_name, post_id, account_id
        HAVING newest_first[1] AND began_at >= from_time AND began_at < to_time
    )
SELECT
    toDate(at) AS day,
    post_id,
    countIf(event_name = 'post_view') AS impressions,
    countIf(is_view) AS views,
    countIf(is_view AND ifNull(completion, 0) > {bonusAbove:Float64}) AS bonus_views,
    countIf(event_name = 'post_like') AS likes,
    countIf(event_name = 'post_save') AS saves,
    countIf(event_name = 'post_comment') AS comments,
    countIf(event_name = 'post_share') AS shares,
    sumIf(duration_ms, is_view) AS watch_ms,
    sumIf(toInt64(round(ifNull(completion, 0) * 1000000)), is_view) AS completion_millionths,
    countIf(is_view AND completion IS NOT NULL) AS completions
FROM
(
    SELECT post_id, event_name, timestamp AS at, duration_ms, completion, event_name = 'post_view' AND ifNull(duration_ms, 0) >= {viewFromMs:UInt64} AS is_view
    FROM events
    WHERE event_name IN ('post_view', 'post_comment', 'post_share') AND NOT is_internal AND account_id NOT IN excluded
        AND accept_seq <= {toSeq:UInt64} AND cityHash64(post_id) % {parts:UInt32} = {part:UInt32}
        AND timestamp >= from_time AND timestamp < to_time AND accepted_at >= from_time - INTERVAL 10 MINUTE
    UNION ALL
    SELECT post_id, event_name, began_at, NULL, NULL, 0 FROM standing
)
GROUP BY day, post_id
ORDER BY ALL
