-- Flags and actions by one of their own values, and how long posts and people waited; with `by` = 'all' everything is one value.
-- A case is a post or a person by its first flag of the range; its value is that flag's, or, where the flag says none, that of
-- the action which answered it. A flag that names a post is about the post; an action is about all that it names.
-- Values come by events, the most first, ties in byte order, after the last one seen.
-- params: by, fromMs, toMs, afterEvents, afterValue, limit · rows: value, flags, actions, posts, people, reporters, cases, open, meanTimeToActionSeconds, medianTimeToActionSeconds, total
WITH
    asked AS
    (
        SELECT
            event_name = 'content_flagged' AS is_flag,
            account_id,
            post_id,
            target_account_id,
            event_id,
            toUnixTimestamp64Milli(e.timestamp) AS at_ms,
            multiIf(
                {by:String} = 'reason', toString(e.reason),
                {by:String} = 'action', toString(e.action),
                {by:String} = 'policy', toString(e.policy),
                ''
            ) AS said
        FROM events AS e
        WHERE e.event_name IN ('content_flagged', 'moderation_action')
            AND e.accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64} - 600000, 'UTC')
            AND e.timestamp >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
            AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
            AND NOT e.is_internal
            AND (e.event_name = 'moderation_action' OR e.account_id NOT IN (SELECT account_id FROM excluded_accounts))
    ),
    about AS
    (
        SELECT
            is_flag,
            event_id,
            at_ms,
            said,
            arrayJoin(arrayFilter(
                subject -> subject.2 != '',
                if(
                    is_flag AND post_id != '',
                    [('post', post_id)],
                    [('post', post_id), ('person', target_account_id)]
                )
            )) AS subject
        FROM asked
    ),
    cases AS
    (
        SELECT
            argMinIf((said, at_ms), (at_ms, event_id), is_flag) AS flag,
            arrayFilter(
                action -> action.1 >= flag.2,
                arraySort(groupArrayIf((at_ms, event_id, said), NOT is_flag))
            ) AS answers,
            notEmpty(answers) AS is_answered,
            answers[1].1 - flag.2 AS wait_ms,
            if(flag.1 = '' AND is_answered, answers[1].3, flag.1) AS case_value
        FROM about
        GROUP BY subject
        HAVING countIf(is_flag) > 0
    ),
    counts AS
    (
        SELECT
            said,
            countIf(is_flag) AS flags,
            countIf(NOT is_flag) AS actions,
            uniqExactIf(post_id, post_id != '') AS posts,
            uniqExactIf(target_account_id, target_account_id != '') AS people,
            uniqExactIf(account_id, is_flag) AS reporters
        FROM asked
        GROUP BY said
    ),
    waits AS
    (
        SELECT
            case_value,
            count() AS cases,
            countIf(NOT is_answered) AS open,
            if(cases = open, NULL, sumIf(wait_ms, is_answered) / (cases - open) / 1000) AS mean_seconds,
            if(cases = open, NULL, quantileExactInclusiveIf(0.5)(wait_ms, is_answered) / 1000) AS median_seconds
        FROM cases
        GROUP BY case_value
    )
SELECT
    value, flags, actions, posts, people, reporters, cases, open,
    meanTimeToActionSeconds, medianTimeToActionSeconds, total
FROM
(
    SELECT
        counts.said AS value,
        flags, actions, posts, people, reporters, cases, open,
        mean_seconds AS meanTimeToActionSeconds,
        median_seconds AS medianTimeToActionSeconds,
        count() OVER () AS total
    FROM counts
    LEFT JOIN waits ON waits.case_value = counts.said
)
WHERE flags + actions < {afterEvents:UInt64} OR (flags + actions = {afterEvents:UInt64} AND value > {afterValue:String})
ORDER BY flags + actions DESC, value
LIMIT {limit:UInt32}
