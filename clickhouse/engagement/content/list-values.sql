-- Lists the values of one dimension of content: who took it up in a range, and how posts that have it now were received then.
-- A post without a value of a dimension with one value has the value ''. Nulls rank last, ties by value in byte order, '' last.
-- Kinds are names of events; like and save are those that stand, at the time since when they do.
-- params: dimension, beforeMs, fromMs, toMs, acceptedFromMs, sort, afterRank, afterValue, limit, viewFromMs · rows: value, postsCreated, creators, allPosts, impressions, views, uniqueViewers, watchMs, completionRate, likes, comments, shares, saves, engagementRate, viewsBefore, postsCreatedBefore, rank, total
WITH
    excluded AS (SELECT account_id FROM excluded_accounts),
    posts AS
    (
        SELECT
            post_id,
            arrayJoin(multiIf(
                {dimension:String} = 'categories', [toString(content_category)],
                {dimension:String} = 'contentTypes', [toString(content_type)],
                {dimension:String} = 'music', [music_id],
                {dimension:String} = 'hashtags', arrayDistinct(CAST(hashtags, 'Array(String)')),
                arrayDistinct(CAST(effects, 'Array(String)'))
            )) AS value
        FROM post_contents
    ),
    created AS
    (
        -- The event that was accepted first makes a post; another one of the same post says nothing.
        SELECT post_id, author_id AS account_id, 'post_created' AS kind, at_ms
        FROM
        (
            SELECT
                post_id,
                argMin(e.account_id, accept_seq) AS author_id,
                argMin(e.is_internal, accept_seq) AS by_internal,
                toUnixTimestamp64Milli(argMin(e.timestamp, accept_seq)) AS at_ms
            FROM events AS e
            WHERE event_name = 'post_created'
            GROUP BY post_id
        )
        WHERE at_ms >= {beforeMs:Int64} AND at_ms < {toMs:Int64}
            AND NOT by_internal AND author_id NOT IN excluded
    ),
    happened AS
    (
        SELECT
            post_id, account_id, toString(event_name) AS kind, toUnixTimestamp64Milli(e.timestamp) AS at_ms, duration_ms, completion
        FROM events AS e
        WHERE event_name IN ('post_view', 'post_like', 'post_save', 'post_comment', 'post_share')
            AND accepted_at >= fromUnixTimestamp64Milli({acceptedFromMs:Int64}, 'UTC')
            AND at_ms >= {beforeMs:Int64} AND at_ms < {toMs:Int64}
            AND NOT is_internal AND account_id NOT IN excluded
    ),
    standing AS
    (
        -- Of each person and post the first like after the last unlike: what comes after it adds nothing.
        SELECT post_id, account_id, kind, toUnixTimestamp64Milli(arraySort(run)[1].1) AS at_ms
        FROM
        (
            SELECT
                post_id,
                account_id,
                if(event_name = 'post_like', 'like', 'save') AS kind,
                maxIf((e.timestamp, event_id), action IN ('unlike', 'unsave')) AS taken_back,
                arrayFilter(given -> given > taken_back, groupArrayIf((e.timestamp, event_id), action IN ('like', 'save'))) AS run
            FROM events AS e
            WHERE event_name IN ('post_like', 'post_save') AND toUnixTimestamp64Milli(e.timestamp) < {toMs:Int64}
                AND NOT is_internal
                -- What began in the range has an event there, so only of those the history is read.
                AND (post_id, account_id) IN
                (
                    SELECT post_id, account_id
                    FROM happened
                    WHERE kind IN ('post_like', 'post_save') AND at_ms >= {fromMs:Int64}
                )
            GROUP BY post_id, account_id, kind
        )
        WHERE notEmpty(run) AND at_ms >= {fromMs:Int64}
    ),
    acts AS
    (
        SELECT
            post_id,
            account_id,
            kind,
            at_ms >= {fromMs:Int64} AS inside,
            kind = 'post_view' AND ifNull(duration_ms, 0) >= {viewFromMs:UInt64} AS viewed,
            duration_ms,
            completion
        FROM
        (
            SELECT post_id, account_id, kind, at_ms, duration_ms, completion FROM happened
            UNION ALL
            SELECT post_id, account_id, kind, at_ms, NULL, NULL FROM created
            UNION ALL
            SELECT post_id, account_id, kind, at_ms, NULL, NULL FROM standing
        )
    ),
    measured AS
    (
        SELECT
            value,
            countIf(kind = 'post_created' AND inside) AS postsCreated,
            uniqExactIf(account_id, kind = 'post_created' AND inside) AS creators,
            countIf(kind = 'post_view' AND inside) AS impressions,
            countIf(viewed AND inside) AS views,
            uniqExactIf(account_id, viewed AND inside) AS uniqueViewers,
            sumIf(ifNull(duration_ms, 0), viewed AND inside) AS watchMs,
            -- Whole millionths, so that the sum does not depend on the order of rows.
            sumIf(toUInt64(round(ifNull(completion, 0) * 1000000)), viewed AND inside)
                / nullIf(1000000 * countIf(viewed AND inside AND completion IS NOT NULL), 0) AS completionRate,
            countIf(kind = 'like') AS likes,
            countIf(kind = 'post_comment' AND inside) AS comments,
            countIf(kind = 'post_share' AND inside) AS shares,
            countIf(kind = 'save') AS saves,
            (likes + comments + shares) / nullIf(views, 0) AS engagementRate,
            countIf(viewed AND NOT inside) AS viewsBefore,
            countIf(kind = 'post_created' AND NOT inside) AS postsCreatedBefore
        FROM acts
        INNER JOIN posts USING (post_id)
        GROUP BY value
        HAVING countIf(inside) > 0
    ),
    ranked AS
    (
        -- The bits of a number that is not negative sort as it does, and come back from a cursor unchanged.
        SELECT
            *,
            count() OVER () AS total,
            multiIf(
                {sort:String} = 'views', views + 1,
                {sort:String} = 'postsCreated', postsCreated + 1,
                {sort:String} = 'engagementRate', ifNull(reinterpretAsUInt64(engagementRate) + 1, 0),
                ifNull(reinterpretAsUInt64(completionRate) + 1, 0)
            ) AS position
        FROM measured
    )
SELECT
    value, postsCreated, creators, (SELECT countIf(at_ms >= {fromMs:Int64}) FROM created) AS allPosts,
    impressions, views, uniqueViewers, watchMs, completionRate, likes, comments, shares, saves, engagementRate,
    viewsBefore, postsCreatedBefore, toString(position) AS rank, total
FROM ranked
WHERE position < {afterRank:UInt64}
    OR (position = {afterRank:UInt64} AND (value = '', value) > ({afterValue:String} = '', {afterValue:String}))
ORDER BY position DESC, value = '', value
LIMIT {limit:UInt32}
