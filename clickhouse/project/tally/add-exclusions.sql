-- Accounts that a stretch of the accept order says something of, and that are excluded now and were not before, or the other
-- way round: internal ones, test accounts and bots, each as the latest word on it says.
-- params: afterSeq, toSeq · rows: none
INSERT INTO {{table}} (account_id, counted_to, is_excluded)
SELECT told.account_id, {toSeq:UInt64} AS counted_to, told.is_excluded
FROM
(
    SELECT
        account_id,
        argMaxIf(ifNull(says_internal, false), (timestamp, event_id), says_internal IS NOT NULL)
            OR argMaxIf(ifNull(says_test, false), (timestamp, event_id), says_test IS NOT NULL)
            OR argMaxIf(account_type, (timestamp, event_id), account_type != '') = 'bot' AS is_excluded
    FROM events
    WHERE event_name IN ('user_registered', 'user_updated') AND accept_seq <= {toSeq:UInt64}
        AND account_id IN
        (
            SELECT account_id
            FROM events
            WHERE event_name IN ('user_registered', 'user_updated')
                AND accept_seq > {afterSeq:UInt64} AND accept_seq <= {toSeq:UInt64}
                AND (says_internal IS NOT NULL OR says_test IS NOT NULL OR account_type != '')
        )
    GROUP BY account_id
) AS told
LEFT JOIN
(
    SELECT account_id, argMax(is_excluded, counted_to) AS was_excluded
    FROM exclusions
    WHERE counted_to <= {afterSeq:UInt64}
    GROUP BY account_id
) AS before ON before.account_id = told.account_id
WHERE told.is_excluded != before.was_excluded
ORDER BY ALL
