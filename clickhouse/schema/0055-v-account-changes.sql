-- For analysts: everything that was ever said of an account, newest word last; what an event did not name is '' or NULL.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS v_account_changes {{cluster}} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    e.account_id AS account_id,
    e.timestamp AS changed_at,
    e.event_id AS event_id,
    toBool(CAST(e.event_name, 'String') = 'user_registered') AS is_registration,
    toString(e.user_type) AS user_type,
    toString(e.account_type) AS account_type,
    e.follower_count AS follower_count,
    e.says_internal AS is_internal,
    e.says_test AS is_test,
    JSONExtractString(e.data, 'countryCode') AS country,
    JSONExtractString(e.data, 'language') AS language
FROM events AS e
WHERE e.event_name IN ('user_registered', 'user_updated') AND e.account_id != ''
