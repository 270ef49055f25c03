-- For analysts: the latest word on each account that registered or was updated; each field as the latest event that named it.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS v_accounts {{cluster}} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    account_id,
    registered_at,
    user_type,
    account_type,
    follower_count,
    follower_count_at,
    country,
    language,
    is_internal,
    is_test,
    toBool(account_type = 'bot') AS is_bot,
    is_internal OR is_test OR is_bot AS is_excluded
FROM
(
    SELECT
        e.account_id AS account_id,
        minOrNullIf(e.timestamp, e.event_name = 'user_registered') AS registered_at,
        toString(argMaxIf(e.user_type, (e.timestamp, e.event_id), e.user_type != '')) AS user_type,
        toString(argMaxIf(e.account_type, (e.timestamp, e.event_id), e.account_type != '')) AS account_type,
        argMaxIf(e.follower_count, (e.timestamp, e.event_id), e.follower_count IS NOT NULL) AS follower_count,
        maxOrNullIf(e.timestamp, e.follower_count IS NOT NULL) AS follower_count_at,
        argMaxIf(e.said_country, (e.timestamp, e.event_id), e.said_country != '') AS country,
        argMaxIf(e.said_language, (e.timestamp, e.event_id), e.said_language != '') AS language,
        argMaxIf(ifNull(e.says_internal, false), (e.timestamp, e.event_id), e.says_internal IS NOT NULL) AS is_internal,
        argMaxIf(ifNull(e.says_test, false), (e.timestamp, e.event_id), e.says_test IS NOT NULL) AS is_test
    FROM
    (
        SELECT
            account_id, event_id, event_name, timestamp, user_type, account_type, follower_count, says_internal, says_test,
            JSONExtractString(data, 'countryCode') AS said_country,
            JSONExtractString(data, 'language') AS said_language
        FROM events
        WHERE event_name IN ('user_registered', 'user_updated') AND account_id != ''
    ) AS e
    GROUP BY e.account_id
)
