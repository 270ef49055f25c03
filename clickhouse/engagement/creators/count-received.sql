-- What the account's own posts received on each day of the range, and which of them trended that day.
-- A post belongs to the account of the first event that made it. A post trends where its day's weighted reactions are
-- above so many times the mean of a post and day that had any, over so many days before. The days before the range come
-- first in the list of days.
-- params: accountId, fromMs, toMs, dayStartsMs, viewFromMs, shareWeight, saveWeight, commentWeight, likeWeight, viewWeight, lookBackDays, trendingTimes, shownPosts · rows: dayMs, views, likes, saves, comments, shares, trendingPosts, trendingPostIds
WITH
    excluded AS (SELECT account_id FROM excluded_accounts),
    {dayStartsMs:Array(Int64)} AS days,
    own AS
    (
        SELECT if(event_name = 'post_share', share_id, post_id) AS made
        FROM events
        WHERE event_name IN ('post_created', 'post_share')
            AND made IN
            (
                SELECT if(event_name = 'post_share', share_id, post_id)
                FROM events
                WHERE event_name IN ('post_created', 'post_share') AND account_id = {accountId:String}
            )
        GROUP BY made
        HAVING argMin(account_id, accept_seq) = {accountId:String}
    ),
    states AS
    (
        SELECT
            post_id,
            event_name,
            maxIf((toUnixTimestamp64Milli(e.timestamp), event_id), action IN ('unlike', 'unsave')) AS taken,
            groupArrayIf((toUnixTimestamp64Milli(e.timestamp), event_id), action IN ('like', 'save')) AS given,
            arrayFilter(one -> one > taken, given) AS run
        FROM events AS e
        WHERE event_name IN ('post_like', 'post_save')
            AND post_id IN (SELECT made FROM own)
            AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
            AND NOT is_internal
            AND account_id NOT IN excluded
        GROUP BY post_id, account_id, event_name
        HAVING notEmpty(run)
    ),
    reactions AS
    (
        SELECT post_id, event_name AS kind, arrayMin(run).1 AS ms
        FROM states
        UNION ALL
        SELECT post_id, event_name AS kind, toUnixTimestamp64Milli(e.timestamp) AS ms
        FROM events AS e
        WHERE event_name IN ('post_view', 'post_comment', 'post_share')
            AND post_id IN (SELECT made FROM own)
            AND (event_name != 'post_view' OR ifNull(duration_ms, 0) >= {viewFromMs:UInt64})
            AND e.accepted_at >= fromUnixTimestamp64Milli(days[1] - 600000, 'UTC')
            AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
            AND NOT is_internal
            AND account_id NOT IN excluded
    ),
    post_days AS
    (
        SELECT
            post_id,
            roundDown(ms, {dayStartsMs:Array(Int64)}) AS day_ms,
            countIf(kind = 'post_view' AND ms >= {fromMs:Int64}) AS views,
            countIf(kind = 'post_like' AND ms >= {fromMs:Int64}) AS likes,
            countIf(kind = 'post_save' AND ms >= {fromMs:Int64}) AS saves,
            countIf(kind = 'post_comment' AND ms >= {fromMs:Int64}) AS comments,
            countIf(kind = 'post_share' AND ms >= {fromMs:Int64}) AS shares,
            {shareWeight:UInt32} * shares + {saveWeight:UInt32} * saves + {commentWeight:UInt32} * comments
                + {likeWeight:UInt32} * likes + {viewWeight:UInt32} * views AS asked,
            {shareWeight:UInt32} * countIf(kind = 'post_share') + {saveWeight:UInt32} * countIf(kind = 'post_save')
                + {commentWeight:UInt32} * countIf(kind = 'post_comment') + {likeWeight:UInt32} * countIf(kind = 'post_like')
                + {viewWeight:UInt32} * countIf(kind = 'post_view') AS whole
        FROM reactions
        WHERE ms >= days[1]
        GROUP BY post_id, day_ms
    ),
    past AS
    (
        SELECT
            day_ms,
            indexOf(days, day_ms) AS day_number,
            sum(sum(whole)) OVER look_back AS past_whole,
            sum(count()) OVER look_back AS past_pairs
        FROM post_days
        GROUP BY day_ms
        WINDOW look_back AS (ORDER BY day_number ASC RANGE BETWEEN {lookBackDays:UInt32} PRECEDING AND 1 PRECEDING)
    )
SELECT
    post_days.day_ms AS dayMs,
    sum(post_days.views) AS views,
    sum(post_days.likes) AS likes,
    sum(post_days.saves) AS saves,
    sum(post_days.comments) AS comments,
    sum(post_days.shares) AS shares,
    countIf(past_pairs > 0 AND asked * past_pairs > {trendingTimes:UInt32} * past_whole) AS trendingPosts,
    arraySlice(
        arraySort(groupArrayIf(post_id, past_pairs > 0 AND asked * past_pairs > {trendingTimes:UInt32} * past_whole)),
        1,
        {shownPosts:UInt32}
    ) AS trendingPostIds
FROM post_days
INNER JOIN past ON past.day_ms = post_days.day_ms
GROUP BY dayMs
ORDER BY dayMs
