-- How each post was received on each day of UTC, one row each: the differences that the table keeps, added up.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS export_engagement_days {{cluster}} AS
SELECT
    day,
    post_id,
    sum(d.impressions) AS impressions,
    sum(d.views) AS views,
    sum(d.bonus_views) AS bonus_views,
    sum(d.likes) AS likes,
    sum(d.saves) AS saves,
    sum(d.comments) AS comments,
    sum(d.shares) AS shares,
    sum(d.watch_ms) AS watch_ms,
    sum(d.completion_millionths) AS completion_millionths,
    sum(d.completions) AS completions
FROM engagement_days AS d
GROUP BY day, post_id
