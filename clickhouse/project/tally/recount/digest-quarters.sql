-- Rows and a checksum of the quarters of a month, differences added up and without those that come to nothing.
-- params: month · rows: digest
SELECT concat(toString(count()), ' ', toString(sum(cityHash64(*)))) AS digest
FROM
(
    SELECT quarter, post_id, sum(impressions) AS i, sum(views) AS v, sum(bonus_views), sum(likes) AS l, sum(saves) AS s, sum(comments) AS c,
        sum(shares) AS h, sum(watch_ms), sum(completion_millionths), sum(completions), sum(recent_weight)
    FROM {{table}}
    WHERE toYYYYMM(quarter) = {month:UInt32}
    GROUP BY quarter, post_id
    HAVING (i, v, l, s, c, h) != (0, 0, 0, 0, 0, 0)
)
