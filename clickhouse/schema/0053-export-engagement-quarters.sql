-- How each post was received in each quarter of an hour, one row each: the differences that the table keeps, added up.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS export_engagement_quarters {{cluster}} AS
SELECT
    quarter,
    post_id,
    sum(q.impressions) AS impressions,
    sum(q.views) AS views,
    sum(q.bonus_views) AS bonus_views,
    sum(q.likes) AS likes,
    sum(q.saves) AS saves,
    sum(q.comments) AS comments,
    sum(q.shares) AS shares,
    sum(q.watch_ms) AS watch_ms,
    sum(q.completion_millionths) AS completion_millionths,
    sum(q.completions) AS completions
FROM engagement_quarters AS q
GROUP BY quarter, post_id
