-- How many accounts are excluded, and a checksum of who they are, as it is kept and as the facts up to an accept number have it.
-- params: toSeq · rows: kept, counted
SELECT
    (
        SELECT concat(toString(count()), ' ', toString(sum(cityHash64(account_id))))
        FROM (SELECT account_id FROM exclusions GROUP BY account_id HAVING argMax(is_excluded, counted_to))
    ) AS kept,
    (
        SELECT concat(toString(count()), ' ', toString(sum(cityHash64(account_id))))
        FROM
        (
            SELECT account_id
            FROM events
            WHERE event_name IN ('user_registered', 'user_updated') AND accept_seq <= {toSeq:UInt64}
            GROUP BY account_id
            HAVING argMaxIf(ifNull(says_internal, false), (timestamp, event_id), says_internal IS NOT NULL)
                OR argMaxIf(ifNull(says_test, false), (timestamp, event_id), says_test IS NOT NULL)
                OR argMaxIf(account_type, (timestamp, event_id), account_type != '') = 'bot'
        )
    ) AS counted
