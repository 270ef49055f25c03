-- For analysts: how each post was received in each quarter of an hour of UTC. The rows of the table are differences, so they are summed.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS v_engagement_quarters {{cluster}} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    e.quarter AS quarter,
    e.post_id AS post_id,
    sum(e.impressions) AS impressions,
    sum(e.views) AS views,
    sum(e.bonus_views) AS bonus_views,
    sum(e.likes) AS likes,
    sum(e.saves) AS saves,
    sum(e.comments) AS comments,
    sum(e.shares) AS shares,
    sum(e.watch_ms) AS watch_ms,
    sum(e.completions) AS completions,
    sum(e.completion_millionths) / 1000000 AS completion_sum,
    if(completions > 0, completion_sum / completions, NULL) AS completion_rate
FROM engagement_quarters AS e
GROUP BY e.quarter, e.post_id
HAVING impressions != 0 OR views != 0 OR likes != 0 OR saves != 0 OR comments != 0 OR shares != 0
