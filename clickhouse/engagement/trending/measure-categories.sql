-- What the posts of some categories received on some days, and how many of them received anything.
-- params: categories, fromMs, toMs, shareWeight, saveWeight, commentWeight, likeWeight, viewWeight, bonusFactor · rows: category, posts, weighted
WITH
    named AS
    (
        SELECT post_id
        FROM events
        WHERE event_name IN ('post_created', 'post_updated') AND content_category IN {categories:Array(String)}
    ),
    received AS
    (
        SELECT
            d.post_id AS post_id,
            sum(d.shares) * {shareWeight:Float64} + sum(d.saves) * {saveWeight:Float64} + sum(d.comments) * {commentWeight:Float64}
                + sum(d.likes) * {likeWeight:Float64}
                + (sum(d.views) + sum(d.bonus_views) * ({bonusFactor:Float64} - 1)) * {viewWeight:Float64} AS weighted
        FROM engagement_days AS d
        WHERE d.day >= toDate(fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC'))
            AND d.day < toDate(fromUnixTimestamp64Milli({toMs:Int64}, 'UTC'))
            AND d.post_id IN named
        GROUP BY d.post_id
        HAVING weighted > 0
    )
SELECT c.content_category AS category, count() AS posts, sum(r.weighted) AS weighted
FROM received AS r
INNER JOIN (SELECT post_id, content_category FROM post_contents WHERE post_id IN named) AS c ON c.post_id = r.post_id
WHERE c.content_category IN {categories:Array(String)}
GROUP BY category
