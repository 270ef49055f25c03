-- What stands behind the engagement of a post: who made it, its cascade as it was last measured, and when it was first and
-- last met by anybody.
-- params: postId · rows: authorId, rootId, cascadePosts, structuralVirality, firstAtMs, lastAtMs
WITH
    place AS (SELECT root_id FROM places WHERE post_id = {postId:String} ORDER BY link_seq DESC LIMIT 1),
    maker AS
    (
        SELECT account_id, accept_seq FROM events WHERE event_name = 'post_created' AND post_id = {postId:String}
        UNION ALL
        SELECT account_id, accept_seq FROM shares WHERE share_id = {postId:String}
    ),
    met AS
    (
        SELECT min(e.timestamp) AS first_at, max(e.timestamp) AS last_at, count() AS times
        FROM events AS e
        WHERE e.event_name IN ('post_view', 'post_like', 'post_save', 'post_comment', 'post_share') AND e.post_id = {postId:String}
    )
SELECT
    (SELECT argMin(account_id, accept_seq) FROM maker) AS authorId,
    ifNull((SELECT root_id FROM place), '') AS rootId,
    (
        SELECT sum(posts)
        FROM cascades
        WHERE root_id IN (place)
            AND generation = (SELECT max(generation) FROM lineage_generations WHERE root_id IN (place))
    ) AS cascadePosts,
    (SELECT argMaxIf(structural_virality, batch, sign > 0) FROM cascade_shapes WHERE root_id IN (place)) AS structuralVirality,
    if(times = 0, NULL, toUnixTimestamp64Milli(first_at)) AS firstAtMs,
    if(times = 0, NULL, toUnixTimestamp64Milli(last_at)) AS lastAtMs
FROM met
