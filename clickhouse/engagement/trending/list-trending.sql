-- Posts by their weighted engagement in a window of whole quarters of an hour, newer engagement weighing more.
-- params: fromMs, toMs, category, shareWeight, saveWeight, commentWeight, likeWeight, viewWeight, bonusFactor, halfLifeMs, limit · rows: postId, views, score, weighted, completionMillionths, completions, total
WITH
    fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AS from_time,
    fromUnixTimestamp64Milli({toMs:Int64}, 'UTC') AS to_time,
    in_category AS
    (
        SELECT post_id
        FROM post_contents
        WHERE content_category = {category:Nullable(String)}
            AND post_id IN
            (
                SELECT post_id
                FROM events
                WHERE event_name IN ('post_created', 'post_updated') AND content_category = {category:Nullable(String)}
            )
    )
SELECT
    q.post_id AS postId,
    sum(q.views) AS views,
    sum(q.recent_weight * exp2(-dateDiff('millisecond', toDateTime64(q.quarter, 3, 'UTC'), to_time) / {halfLifeMs:Float64})) / 1e9 AS score,
    sum(q.shares) * {shareWeight:Float64} + sum(q.saves) * {saveWeight:Float64} + sum(q.comments) * {commentWeight:Float64}
        + sum(q.likes) * {likeWeight:Float64}
        + (sum(q.views) + sum(q.bonus_views) * ({bonusFactor:Float64} - 1)) * {viewWeight:Float64} AS weighted,
    sum(q.completion_millionths) AS completionMillionths,
    sum(q.completions) AS completions,
    count() OVER () AS total
FROM engagement_quarters AS q
WHERE q.quarter >= from_time AND q.quarter < to_time
    AND ({category:Nullable(String)} IS NULL OR q.post_id IN in_category)
GROUP BY postId
HAVING weighted > 0
ORDER BY score DESC, postId
LIMIT {limit:UInt32}
