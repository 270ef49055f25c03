-- What the posts of some creators received on some days, and how many of them received anything.
-- params: authorIds, fromMs, toMs, shareWeight, saveWeight, commentWeight, likeWeight, viewWeight, bonusFactor · rows: authorId, posts, weighted
WITH
    -- As a value it is read once, however often it is named below.
    (
        SELECT groupArray(post_id)
        FROM
        (
            SELECT post_id FROM events WHERE event_name = 'post_created' AND account_id IN {authorIds:Array(String)}
            UNION ALL
            SELECT share_id FROM shares WHERE account_id IN {authorIds:Array(String)}
        )
    ) AS made_by_them,
    made AS (SELECT arrayJoin(made_by_them) AS post_id),
    -- A second event that would have made the same post says nothing.
    makers AS
    (
        SELECT post_id, argMin(account_id, accept_seq) AS author_id
        FROM
        (
            SELECT post_id, account_id, accept_seq FROM events WHERE event_name = 'post_created' AND post_id IN made
            UNION ALL
            SELECT share_id, account_id, accept_seq FROM shares WHERE share_id IN made
        )
        GROUP BY post_id
        HAVING author_id IN {authorIds:Array(String)}
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
            AND d.post_id IN made
        GROUP BY d.post_id
        HAVING weighted > 0
    )
SELECT m.author_id AS authorId, count() AS posts, sum(r.weighted) AS weighted
FROM received AS r
INNER JOIN makers AS m ON m.post_id = r.post_id
GROUP BY authorId
