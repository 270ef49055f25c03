-- Trending as the product defines it, from the facts themselves: what the counts by quarter and day are measured against.
WITH
    fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AS from_time,
    fromUnixTimestamp64Milli({toMs:Int64}, 'UTC') AS to_time,
    fromUnixTimestamp64Milli({beforeMs:Int64}, 'UTC') AS before_time,
    toStartOfDay(from_time) AS usual_end,
    excluded AS (SELECT account_id FROM excluded_accounts),
    reactions AS
    (
        SELECT
            e.event_name AS event_name,
            e.post_id AS post_id,
            e.account_id AS account_id,
            arraySort(groupArray((e.timestamp, e.event_id, e.action IN ('like', 'save')))) AS changes,
            arrayReverse(changes.3) AS newest_first,
            indexOf(newest_first, 0) AS run_ends,
            changes[if(run_ends = 0, 1, length(changes) - run_ends + 2)].1 AS began_at
        FROM events AS e
        WHERE e.event_name IN ('post_like', 'post_save')
            AND NOT e.is_internal AND e.account_id NOT IN excluded
        GROUP BY e.event_name, e.post_id, e.account_id
        HAVING newest_first[1] AND began_at >= before_time AND began_at < to_time
    ),
    received AS
    (
        SELECT
            e.post_id AS post_id,
            e.timestamp AS at,
            e.event_name = 'post_view' AS is_view,
            ifNull(e.completion, 0) AS completion,
            is_view AND e.completion IS NOT NULL AS tells_completion,
            multiIf(is_view, {viewWeight:Float64}, e.event_name = 'post_comment', {commentWeight:Float64}, {shareWeight:Float64})
                * if(is_view AND completion > {bonusAbove:Float64}, {bonusFactor:Float64}, 1) AS weight
        FROM events AS e
        WHERE e.event_name IN ('post_view', 'post_comment', 'post_share')
            AND e.timestamp >= before_time AND e.timestamp < to_time
            AND e.accepted_at >= before_time - INTERVAL 10 MINUTE
            AND NOT e.is_internal AND e.account_id NOT IN excluded
            AND (e.event_name != 'post_view' OR e.duration_ms >= {viewFromMs:UInt64})
        UNION ALL
        SELECT post_id, began_at, 0, 0, 0, if(event_name = 'post_like', {likeWeight:Float64}, {saveWeight:Float64})
        FROM reactions
    ),
    posts AS
    (
        SELECT
            post_id,
            sumIf(weight, at >= from_time) AS weighted,
            sumIf(weight * exp2(-dateDiff('millisecond', at, to_time) / {halfLifeMs:Float64}), at >= from_time) AS score,
            sumIf(weight, at < usual_end) AS before,
            countIf(is_view AND at >= from_time) AS views,
            sumIf(toUInt64(round(completion * 1000000)), tells_completion AND at >= from_time) AS millionths,
            countIf(tells_completion AND at >= from_time) AS completions
        FROM received
        GROUP BY post_id
    ),
    makers AS
    (
        SELECT post_id, author_id, content_category
        FROM post_contents
        UNION ALL
        SELECT share_id, argMin(account_id, accept_seq), ''
        FROM shares
        GROUP BY share_id
    ),
    compared AS
    (
        SELECT
            p.post_id AS post_id,
            m.author_id AS author_id,
            m.content_category AS content_category,
            p.weighted AS weighted,
            p.score AS score,
            p.views AS views,
            p.millionths AS millionths,
            p.completions AS completions,
            sum(p.before) OVER (PARTITION BY m.author_id) / countIf(p.before > 0) OVER (PARTITION BY m.author_id) AS of_creator,
            sum(p.before) OVER (PARTITION BY m.content_category) / countIf(p.before > 0) OVER (PARTITION BY m.content_category) AS of_category,
            ({toMs:Int64} - {fromMs:Int64}) / dateDiff('millisecond', before_time, toDateTime64(usual_end, 3, 'UTC')) AS part
        FROM posts AS p
        LEFT JOIN makers AS m ON m.post_id = p.post_id
    )
SELECT
    post_id AS postId,
    author_id AS authorId,
    content_category AS category,
    views,
    score,
    millionths AS completionMillionths,
    completions,
    multiIf(
        author_id != '' AND of_creator > 0, weighted / (of_creator * part),
        content_category != '' AND of_category > 0, weighted / (of_category * part),
        NULL
    ) AS ratio,
    count() OVER () AS total
FROM compared
WHERE score > 0 AND ({category:Nullable(String)} IS NULL OR content_category = {category:Nullable(String)})
ORDER BY score DESC, postId
LIMIT {limit:UInt32}
