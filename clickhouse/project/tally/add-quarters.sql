-- What a stretch of the accept order changes in how posts were received, by quarter of an hour.
-- about: 'counted', accounts that are not excluded; 'gone' and 'come', those that came to be, or no more, when it was counted
-- up to atSeq. The plain kinds add up; of a like or save, what its post and person stood at before is taken back, and what
-- they stand at after is added.
-- params: afterSeq, toSeq, atSeq, about, sign, fromMs, toMs, parts, part, viewFromMs, shareWeight, saveWeight, commentWeight, likeWeight, viewWeight, bonusAbove, bonusFactor, halfLifeMs · rows: none
INSERT INTO {{table}} (quarter, post_id, impressions, views, bonus_views, likes, saves, comments, shares, watch_ms, completion_millionths, completions, recent_weight)
WITH
    fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AS from_time,
    fromUnixTimestamp64Milli({toMs:Int64}, 'UTC') AS to_time,
    excluded AS (SELECT account_id FROM excluded_accounts),
    changed AS
    (
        SELECT account_id
        FROM exclusions
        WHERE counted_to = {atSeq:UInt64} AND is_excluded = ({about:String} = 'gone')
    ),
    standing AS
    (
        SELECT
            event_name,
            post_id,
            arraySort(groupArray((timestamp, event_id, is_on))) AS changes,
            arraySort(groupArrayIf((timestamp, event_id, is_on), accept_seq <= {afterSeq:UInt64})) AS earlier,
            arrayMap(
                list -> (
                    notEmpty(list) AND list[-1].3,
                    list[length(list) - indexOf(arrayPushBack(arrayReverse(list.3), false), false) + 2].1
                ),
                [earlier, changes]
            ) AS states
        FROM reactions
        WHERE accept_seq <= {toSeq:UInt64} AND cityHash64(post_id) % {parts:UInt32} = {part:UInt32}
            AND if({about:String} = 'counted', account_id NOT IN excluded, account_id IN changed)
            AND ({afterSeq:UInt64} = 0 OR (event_name, post_id, account_id) IN
            (
                SELECT event_name, post_id, account_id
                FROM events
                WHERE event_name IN ('post_like', 'post_save') AND NOT is_internal
                    AND accept_seq > {afterSeq:UInt64} AND accept_seq <= {toSeq:UInt64}
            ))
        GROUP BY event_name, post_id, account_id
    ),
    received AS
    (
        SELECT
            post_id,
            transform(event_name, ['post_view', 'post_comment'], ['view', 'comment'], 'share') AS kind,
            timestamp AS at,
            toInt64(1) AS times,
            toInt64(ifNull(duration_ms, 0)) AS watched_ms,
            completion
        FROM events
        WHERE event_name IN ('post_view', 'post_comment', 'post_share') AND NOT is_internal
            AND accept_seq > {afterSeq:UInt64} AND accept_seq <= {toSeq:UInt64}
            AND timestamp >= from_time AND timestamp < to_time AND accepted_at >= from_time - INTERVAL 10 MINUTE
            AND cityHash64(post_id) % {parts:UInt32} = {part:UInt32}
            AND if({about:String} = 'counted', account_id NOT IN excluded, account_id IN changed)
        UNION ALL
        SELECT
            post_id,
            if(event_name = 'post_like', 'like', 'save') AS kind,
            state.2 AS at,
            toInt64(place = 1 ? -1 : 1) AS times,
            toInt64(0) AS watched_ms,
            NULL AS completion
        FROM standing
        ARRAY JOIN states AS state, arrayEnumerate(states) AS place
        WHERE state.1 AND states[1] != states[2] AND at >= from_time AND at < to_time
    ),
    counted AS
    (
        SELECT
            toDateTime(intDiv(toUnixTimestamp(at), 900) * 900, 'UTC') AS quarter,
            post_id,
            kind,
            {sign:Int8} * times AS times,
            kind = 'view' AND watched_ms >= {viewFromMs:UInt64} AS is_view,
            is_view AND ifNull(completion, 0) > {bonusAbove:Float64} AS is_bonus,
            watched_ms,
            completion,
            multiIf(
                kind = 'share', {shareWeight:Float64},
                kind = 'save', {saveWeight:Float64},
                kind = 'comment', {commentWeight:Float64},
                kind = 'like', {likeWeight:Float64},
                is_view, {viewWeight:Float64},
                0
            ) * if(is_bonus, {bonusFactor:Float64}, 1) AS weight,
            exp2(dateDiff('millisecond', toDateTime64(quarter, 3, 'UTC'), at) / {halfLifeMs:Float64}) AS recency
        FROM received
    )
SELECT
    quarter,
    post_id,
    sumIf(times, kind = 'view') AS impressions,
    sumIf(times, is_view) AS views,
    sumIf(times, is_bonus) AS bonus_views,
    sumIf(times, kind = 'like') AS likes,
    sumIf(times, kind = 'save') AS saves,
    sumIf(times, kind = 'comment') AS comments,
    sumIf(times, kind = 'share') AS shares,
    sumIf(times * watched_ms, is_view) AS watch_ms,
    sumIf(times * toInt64(round(ifNull(completion, 0) * 1000000)), is_view) AS completion_millionths,
    sumIf(times, is_view AND completion IS NOT NULL) AS completions,
    sum(times * toInt64(round(weight * recency * 1000000000))) AS recent_weight
FROM counted
GROUP BY quarter, post_id
ORDER BY quarter, post_id
