-- What all posts of a cascade received, from the sums by day, each post with its own.
-- params: rootId · rows: posts, firstDayMs, impressions, views, likes, saves, comments, shares, watchMs, completionMillionths, completions
WITH asked AS
(
    SELECT post_id
    FROM lineage
    WHERE root_id = {rootId:String}
        AND generation = (SELECT max(generation) FROM lineage_generations WHERE root_id = {rootId:String})
)
SELECT
    (SELECT count() FROM asked) AS posts,
    toUnixTimestamp(min(day)) * 1000 AS firstDayMs,
    sum(impressions) AS impressions,
    sum(views) AS views,
    sum(likes) AS likes,
    sum(saves) AS saves,
    sum(comments) AS comments,
    sum(shares) AS shares,
    sum(watch_ms) AS watchMs,
    sum(completion_millionths) AS completionMillionths,
    sum(completions) AS completions
FROM engagement_days
WHERE post_id IN asked
