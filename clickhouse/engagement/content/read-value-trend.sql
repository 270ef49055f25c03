-- Reads one value of a dimension of content step by step, the empty steps too; steps of whole days are those of a time zone.
-- `posts` is how many posts have the value now. Kinds are names of events, and like as one that stands since then.
-- params: dimension, value, fromMs, toMs, acceptedFromMs, stepMs, stepDays, tz, firstStep, stepCount, viewFromMs · rows: startMs, postsCreated, views, completionRate, engagementRate, posts, excludedEvents, excludedAccounts
WITH
    excluded AS (SELECT account_id FROM excluded_accounts),
    having_value AS
    (
        SELECT post_id
        FROM post_contents
        WHERE has(
            multiIf(
                {dimension:String} = 'categories', [toString(content_category)],
                {dimension:String} = 'contentTypes', [toString(content_type)],
                {dimension:String} = 'music', [music_id],
                {dimension:String} = 'hashtags', CAST(hashtags, 'Array(String)'),
                CAST(effects, 'Array(String)')
            ),
            {value:String}
        )
    ),
    created AS
    (
        -- The event that was accepted first makes a post; another one of the same post says nothing.
        SELECT author_id AS account_id, 'post_created' AS kind, at
        FROM
        (
            SELECT
                argMin(e.account_id, accept_seq) AS author_id,
                argMin(e.is_internal, accept_seq) AS by_internal,
                argMin(e.timestamp, accept_seq) AS at
            FROM events AS e
            WHERE event_name = 'post_created' AND post_id IN (SELECT post_id FROM having_value)
            GROUP BY post_id
        )
        WHERE NOT by_internal AND author_id NOT IN excluded
    ),
    happened AS
    (
        SELECT post_id, account_id, toString(event_name) AS kind, e.timestamp AS at, duration_ms, completion
        FROM events AS e
        WHERE event_name IN ('post_view', 'post_like', 'post_comment', 'post_share')
            AND post_id IN (SELECT post_id FROM having_value)
            AND accepted_at >= fromUnixTimestamp64Milli({acceptedFromMs:Int64}, 'UTC')
            AND toUnixTimestamp64Milli(e.timestamp) >= {fromMs:Int64} AND toUnixTimestamp64Milli(e.timestamp) < {toMs:Int64}
            AND NOT is_internal AND account_id NOT IN excluded
    ),
    standing AS
    (
        -- Of each person and post the first like after the last unlike: what comes after it adds nothing.
        SELECT 'like' AS kind, arraySort(run)[1].1 AS at
        FROM
        (
            SELECT
                maxIf((e.timestamp, event_id), action = 'unlike') AS taken_back,
                arrayFilter(given -> given > taken_back, groupArrayIf((e.timestamp, event_id), action = 'like')) AS run
            FROM events AS e
            WHERE event_name = 'post_like' AND toUnixTimestamp64Milli(e.timestamp) < {toMs:Int64} AND NOT is_internal
                -- What began in the range has an event there, so only of those the history is read.
                AND (post_id, account_id) IN (SELECT post_id, account_id FROM happened WHERE kind = 'post_like')
            GROUP BY post_id, account_id
        )
        WHERE notEmpty(run)
    ),
    acts AS
    (
        SELECT
            if(
                {stepDays:Int64} > 0,
                toInt64(floor(toInt32(toDate32(toTimeZone(at, {tz:String}))) / {stepDays:Int64})),
                intDiv(toUnixTimestamp64Milli(at), {stepMs:Int64})
            ) AS step,
            kind,
            kind = 'post_view' AND ifNull(duration_ms, 0) >= {viewFromMs:UInt64} AS viewed,
            completion
        FROM
        (
            SELECT kind, at, duration_ms, completion FROM happened
            UNION ALL
            SELECT kind, at, NULL, NULL FROM created
            UNION ALL
            SELECT kind, at, NULL, NULL FROM standing
        )
        WHERE toUnixTimestamp64Milli(at) >= {fromMs:Int64} AND toUnixTimestamp64Milli(at) < {toMs:Int64}
    ),
    measured AS
    (
        SELECT
            step,
            countIf(kind = 'post_created') AS postsCreated,
            countIf(viewed) AS views,
            -- Whole millionths, so that the sum does not depend on the order of rows.
            sumIf(toUInt64(round(ifNull(completion, 0) * 1000000)), viewed) AS completions,
            countIf(viewed AND completion IS NOT NULL) AS completing,
            countIf(kind IN ('like', 'post_comment', 'post_share')) AS engagements
        FROM acts
        GROUP BY step
    ),
    (
        SELECT (count(), uniqExact(account_id))
        FROM events AS e
        WHERE event_name IN ('post_created', 'post_view', 'post_like', 'post_comment', 'post_share')
            AND post_id IN (SELECT post_id FROM having_value)
            AND accepted_at >= fromUnixTimestamp64Milli({acceptedFromMs:Int64}, 'UTC')
            AND toUnixTimestamp64Milli(e.timestamp) >= {fromMs:Int64} AND toUnixTimestamp64Milli(e.timestamp) < {toMs:Int64}
            AND (is_internal OR account_id IN excluded)
    ) AS left_out
SELECT
    if(
        {stepDays:Int64} > 0,
        toUnixTimestamp64Milli(toDateTime64(addDays(toDate32('1970-01-01'), steps.step * {stepDays:Int64}), 3, {tz:String})),
        steps.step * {stepMs:Int64}
    ) AS startMs,
    postsCreated,
    views,
    completions / nullIf(1000000 * completing, 0) AS completionRate,
    engagements / nullIf(views, 0) AS engagementRate,
    (SELECT count() FROM having_value) AS posts,
    left_out.1 AS excludedEvents,
    left_out.2 AS excludedAccounts
FROM (SELECT arrayJoin(range({stepCount:UInt32})) + {firstStep:Int64} AS step) AS steps
LEFT JOIN measured ON measured.step = steps.step
ORDER BY startMs
