-- Rows and a checksum of the quarters of a month as they are kept, and as they were counted anew.
-- params: month · rows: kept, counted
SELECT
    (
        SELECT concat(toString(count()), ' ', toString(sum(cityHash64(*))))
        FROM
        (
            SELECT quarter, post_id, sum(impressions) AS i, sum(views) AS v, sum(bonus_views), sum(likes) AS l, sum(saves) AS s, sum(comments) AS c,
                sum(shares) AS h, sum(watch_ms), sum(completion_millionths), sum(completions), sum(recent_weight)
            FROM engagement_quarters WHERE toYYYYMM(quarter) = {month:UInt32} GROUP BY quarter, post_id HAVING (i, v, l, s, c, h) != (0, 0, 0, 0, 0, 0)
        )
    ) AS kept,
    (
        SELECT concat(toString(count()), ' ', toString(sum(cityHash64(*))))
        FROM
        (
            SELECT quarter, post_id, sum(impressions) AS i, sum(views) AS v, sum(bonus_views), sum(likes) AS l, sum(saves) AS s, sum(comments) AS c,
                sum(shares) AS h, sum(watch_ms), sum(completion_millionths), sum(completions), sum(recent_weight)
            FROM engagement_quarters_recount WHERE toYYYYMM(quarter) = {month:UInt32} GROUP BY quarter, post_id HAVING (i, v, l, s, c, h) != (0, 0, 0, 0, 0, 0)
        )
    ) AS counted
