-- Accounts whose events are excluded from engagement: internal ones, test accounts and bots, each as the latest word on it says.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS excluded_accounts {{cluster}} AS
SELECT account_id
FROM events
WHERE event_name IN ('user_registered', 'user_updated')
    AND account_id IN
    (
        SELECT account_id
        FROM events
        WHERE event_name IN ('user_registered', 'user_updated')
            AND (ifNull(says_internal, false) OR ifNull(says_test, false) OR account_type = 'bot')
    )
GROUP BY account_id
HAVING argMaxIf(ifNull(says_internal, false), (timestamp, event_id), says_internal IS NOT NULL)
    OR argMaxIf(ifNull(says_test, false), (timestamp, event_id), says_test IS NOT NULL)
    OR argMaxIf(account_type, (timestamp, event_id), account_type != '') = 'bot'
