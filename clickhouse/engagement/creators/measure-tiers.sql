-- Creators of each tier at the end of the range, and the sums over them that means are made of.
-- A creator is who posted or shared by then, or is said to be one. Tiers come from the highest down, each with its two
-- floors. Rates are summed in whole billionths, so that the order of rows changes nothing.
-- params: fromMs, toMs, sinceMs, viewFromMs, lookBackDays, tiers, followerFloors, consistencyFloors · rows: tier, creators, views, rated, rateBillionths, netFollowers
WITH
    excluded AS (SELECT account_id FROM excluded_accounts),
    follow_states AS
    (
        SELECT
            target_account_id,
            toUnixTimestamp64Milli(e.timestamp) AS ms,
            action = 'follow' AS follows,
            lagInFrame(action = 'follow', 1, 0) OVER (
                PARTITION BY target_account_id, account_id ORDER BY e.timestamp, event_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS followed
        FROM events AS e
        WHERE event_name = 'user_follow'
            AND e.timestamp <= fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
            AND NOT is_internal
            AND account_id NOT IN excluded
    ),
    people AS
    (
        SELECT
            account_id,
            argMaxIf(e.user_type, (e.timestamp, event_id), e.user_type != '') IN ('creator', 'both') AS says_creator,
            ifNull(argMaxIf(follower_count, (e.timestamp, event_id), follower_count IS NOT NULL), 0) AS said,
            toUnixTimestamp64Milli(maxIf(e.timestamp, follower_count IS NOT NULL)) AS said_ms
        FROM events AS e
        WHERE event_name IN ('user_registered', 'user_updated')
            AND e.timestamp <= fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
            AND NOT is_internal
            AND account_id NOT IN excluded
        GROUP BY account_id
    ),
    owners AS
    (
        SELECT if(event_name = 'post_share', share_id, post_id) AS made, argMin(account_id, accept_seq) AS owner_id
        FROM events
        WHERE event_name IN ('post_created', 'post_share')
        GROUP BY made
    ),
    likes AS
    (
        SELECT
            post_id,
            maxIf((toUnixTimestamp64Milli(e.timestamp), event_id), action = 'unlike') AS taken,
            groupArrayIf((toUnixTimestamp64Milli(e.timestamp), event_id), action = 'like') AS given,
            arrayFilter(one -> one > taken, given) AS run
        FROM events AS e
        WHERE event_name = 'post_like'
            AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
            AND NOT is_internal
            AND account_id NOT IN excluded
        GROUP BY post_id, account_id
        HAVING notEmpty(run) AND arrayMin(run).1 >= {fromMs:Int64}
    ),
    reactions AS
    (
        SELECT post_id, 0 AS views, count() AS engagements
        FROM likes
        GROUP BY post_id
        UNION ALL
        SELECT
            post_id,
            countIf(event_name = 'post_view' AND ifNull(duration_ms, 0) >= {viewFromMs:UInt64}) AS views,
            countIf(event_name != 'post_view') AS engagements
        FROM events AS e
        WHERE event_name IN ('post_view', 'post_comment', 'post_share')
            AND e.accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64} - 600000, 'UTC')
            AND e.timestamp >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
            AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
            AND NOT is_internal
            AND account_id NOT IN excluded
        GROUP BY post_id
    ),
    measured AS
    (
        SELECT owner_id AS account_id, 0 AS creates, 0 AS posting_days, views, engagements, 0 AS net, 0 AS moved
        FROM reactions
        INNER JOIN owners ON owners.made = reactions.post_id
        UNION ALL
        SELECT
            account_id, 1 AS creates,
            uniqExactIf(toRelativeDayNum(e.timestamp, 'UTC'), e.timestamp > fromUnixTimestamp64Milli({sinceMs:Int64}, 'UTC')) AS posting_days,
            0 AS views, 0 AS engagements, 0 AS net, 0 AS moved
        FROM events AS e
        WHERE event_name IN ('post_created', 'post_share')
            AND account_id != ''
            AND e.timestamp <= fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
            AND NOT is_internal
            AND account_id NOT IN excluded
        GROUP BY account_id
        UNION ALL
        SELECT
            target_account_id AS account_id, 0 AS creates, 0 AS posting_days, 0 AS views, 0 AS engagements,
            sumIf(toInt64(follows) - toInt64(followed), ms >= {fromMs:Int64} AND ms < {toMs:Int64}) AS net,
            sumIf(toInt64(follows) - toInt64(followed), ms > ifNull(said_ms, 0)) AS moved
        FROM follow_states
        LEFT JOIN people ON people.account_id = follow_states.target_account_id
        GROUP BY target_account_id
        UNION ALL
        SELECT account_id, toUInt8(says_creator) AS creates, 0 AS posting_days, 0 AS views, 0 AS engagements, 0 AS net, toInt64(said) AS moved
        FROM people
    ),
    creators AS
    (
        SELECT
            account_id,
            sum(measured.views) AS seen,
            sum(measured.engagements) AS engaged,
            sum(measured.net) AS grown,
            greatest(0, sum(measured.moved)) AS followers,
            least(1, sum(measured.posting_days) / {lookBackDays:UInt32}) AS consistency
        FROM measured
        GROUP BY account_id
        HAVING max(measured.creates) > 0
    )
SELECT
    {tiers:Array(String)}[arrayFirstIndex(
        (follower_floor, consistency_floor) -> followers >= follower_floor AND consistency >= consistency_floor,
        {followerFloors:Array(UInt64)},
        {consistencyFloors:Array(Float64)}
    )] AS tier,
    count() AS creators,
    sum(seen) AS views,
    countIf(seen > 0) AS rated,
    toFloat64(sum(if(seen > 0, toInt128(round(engaged / greatest(seen, 1) * 1000000000)), 0))) AS rateBillionths,
    sum(grown) AS netFollowers
FROM creators
GROUP BY tier
