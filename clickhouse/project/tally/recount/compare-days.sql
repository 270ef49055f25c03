-- Rows and a checksum of the days of a month as they are kept, and as they were counted anew.
-- params: month · rows: kept, counted
SELECT
    (
        SELECT concat(toString(count()), ' ', toString(sum(cityHash64(*))))
        FROM
        (
            SELECT day, post_id, sum(impressions), sum(views) AS v, sum(bonus_views), sum(likes) AS l, sum(saves) AS s, sum(comments) AS c,
                sum(shares) AS h, sum(watch_ms), sum(completion_millionths), sum(completions), sum(impressions) AS i
            FROM engagement_days WHERE toYYYYMM(day) = {month:UInt32} GROUP BY day, post_id HAVING (i, v, l, s, c, h) != (0, 0, 0, 0, 0, 0)
        )
    ) AS kept,
    (
        SELECT concat(toString(count()), ' ', toString(sum(cityHash64(*))))
        FROM
        (
            SELECT day, post_id, sum(impressions), sum(views) AS v, sum(bonus_views), sum(likes) AS l, sum(saves) AS s, sum(comments) AS c,
                sum(shares) AS h, sum(watch_ms), sum(completion_millionths), sum(completions), sum(impressions) AS i
            FROM engagement_days_recount WHERE toYYYYMM(day) = {month:UInt32} GROUP BY day, post_id HAVING (i, v, l, s, c, h) != (0, 0, 0, 0, 0, 0)
        )
    ) AS counted
