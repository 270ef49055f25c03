-- How one post, or every post of one cascade, was received in a range: a row for each step that has anything, and one for
-- the whole (isTotal). A like or a save is a state of a person and a post: a standing one counts when its run began.
-- params: postId, rootId, fromMs, toMs, stepSeconds, tz, viewFromMs, shareWeight, saveWeight, commentWeight, likeWeight, viewWeight, bonusAbove, bonusFactor, halfLifeMs · rows: isTotal, startMs, impressions, views, uniqueViewers, likes, saves, comments, shares, remixes, watchMs, completionMillionths, completions, score, countries, excludedEvents, excludedAccounts
WITH
    fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AS from_time,
    fromUnixTimestamp64Milli({toMs:Int64}, 'UTC') AS to_time,
    excluded AS (SELECT account_id FROM excluded_accounts),
    -- Of a post alone nothing of this is read, as what a constant decides is left out of the question.
    asked AS
    (
        SELECT {postId:String} AS post_id
        UNION ALL
        SELECT post_id
        FROM lineage
        WHERE root_id = {rootId:String}
            AND generation = (SELECT max(generation) FROM lineage_generations WHERE root_id = {rootId:String})
    ),
    reactions AS
    (
        SELECT
            e.event_name AS event_name,
            e.account_id AS account_id,
            e.is_internal OR e.account_id IN excluded AS is_excluded,
            arraySort(groupArray((e.timestamp, e.event_id, e.action IN ('like', 'save')))) AS changes,
            arrayReverse(changes.3) AS newest_first,
            indexOf(newest_first, 0) AS run_ends,
            changes[if(run_ends = 0, 1, length(changes) - run_ends + 2)].1 AS began_at
        FROM events AS e
        WHERE e.event_name IN ('post_like', 'post_save') AND if({rootId:String} = '', e.post_id = {postId:String}, e.post_id IN asked) AND e.timestamp < to_time
        GROUP BY e.event_name, e.post_id, e.account_id, is_excluded
        HAVING newest_first[1] AND began_at >= from_time
    ),
    received AS
    (
        SELECT
            transform(e.event_name, ['post_view', 'post_comment', 'post_share'], ['view', 'comment', 'share'], 'remix') AS kind,
            e.account_id AS account_id,
            e.is_internal OR e.account_id IN excluded AS is_excluded,
            e.timestamp AS at,
            ifNull(e.duration_ms, 0) AS watched_ms,
            e.completion AS completion,
            e.country_code AS country_code
        FROM events AS e
        WHERE e.event_name IN ('post_view', 'post_comment', 'post_share') AND if({rootId:String} = '', e.post_id = {postId:String}, e.post_id IN asked)
            AND e.timestamp >= from_time AND e.timestamp < to_time
        UNION ALL
        SELECT 'remix', e.account_id, e.is_internal OR e.account_id IN excluded, e.timestamp, 0, NULL, ''
        FROM events AS e
        WHERE e.event_name = 'post_created' AND e.content_type = 'remix' AND if({rootId:String} = '', e.source_post_id = {postId:String}, e.source_post_id IN asked)
            AND e.timestamp >= from_time AND e.timestamp < to_time
        UNION ALL
        SELECT if(event_name = 'post_like', 'like', 'save'), account_id, is_excluded, began_at, 0, NULL, ''
        FROM reactions
    )
SELECT
    grouping(start) = 1 AS isTotal,
    toUnixTimestamp(start) * 1000 AS startMs,
    countIf(kind = 'view' AND NOT is_excluded) AS impressions,
    countIf(is_view) AS views,
    uniqExactIf(account_id, is_view) AS uniqueViewers,
    countIf(kind = 'like' AND NOT is_excluded) AS likes,
    countIf(kind = 'save' AND NOT is_excluded) AS saves,
    countIf(kind = 'comment' AND NOT is_excluded) AS comments,
    countIf(kind = 'share' AND NOT is_excluded) AS shares,
    countIf(kind = 'remix' AND NOT is_excluded) AS remixes,
    sumIf(watched_ms, is_view) AS watchMs,
    sumIf(toUInt64(round(ifNull(completion, 0) * 1000000)), is_view) AS completionMillionths,
    countIf(is_view AND completion IS NOT NULL) AS completions,
    sumIf(
        weight * if(ifNull(completion, 0) > {bonusAbove:Float64}, {bonusFactor:Float64}, 1)
            * exp2(-dateDiff('millisecond', at, to_time) / {halfLifeMs:Float64}),
        NOT is_excluded
    ) AS score,
    sumMapIf(map(country_code, toUInt64(1)), is_view AND country_code != '') AS countries,
    countIf(is_excluded) AS excludedEvents,
    uniqExactIf(account_id, is_excluded) AS excludedAccounts
FROM
(
    SELECT
        *,
        kind = 'view' AND watched_ms >= {viewFromMs:UInt64} AND NOT is_excluded AS is_view,
        multiIf(
            kind = 'share', {shareWeight:Float64},
            kind = 'save', {saveWeight:Float64},
            kind = 'comment', {commentWeight:Float64},
            kind = 'like', {likeWeight:Float64},
            kind = 'view' AND watched_ms >= {viewFromMs:UInt64}, {viewWeight:Float64},
            0
        ) AS weight,
        if(
            {stepSeconds:UInt32} % 86400 = 0,
            toDateTime(toDate(intDiv(toUInt32(toDate(at, {tz:String})), intDiv({stepSeconds:UInt32}, 86400)) * intDiv({stepSeconds:UInt32}, 86400)), {tz:String}),
            toDateTime(intDiv(toUnixTimestamp(at), {stepSeconds:UInt32}) * {stepSeconds:UInt32}, {tz:String})
        ) AS start
    FROM received
)
GROUP BY GROUPING SETS ((start), ())
ORDER BY isTotal, startMs
