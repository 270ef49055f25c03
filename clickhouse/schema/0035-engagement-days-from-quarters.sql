-- Feeds engagement_days from engagement_quarters.
-- params: none · rows: none
CREATE MATERIALIZED VIEW IF NOT EXISTS engagement_days_from_quarters {{cluster}} TO engagement_days AS
SELECT
    toDate(quarter) AS day,
    post_id,
    sum(impressions) AS impressions,
    sum(views) AS views,
    sum(bonus_views) AS bonus_views,
    sum(likes) AS likes,
    sum(saves) AS saves,
    sum(comments) AS comments,
    sum(shares) AS shares,
    sum(watch_ms) AS watch_ms,
    sum(completion_millionths) AS completion_millionths,
    sum(completions) AS completions
FROM engagement_quarters
GROUP BY day, post_id
