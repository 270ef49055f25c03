-- For analysts: every time a post was put before a person, by which source and at which place, and what came of it.
-- Excluded accounts and internal events are left out.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS v_discovery {{cluster}} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    e.event_id AS event_id,
    e.timestamp AS discovered_at,
    e.account_id AS account_id,
    e.post_id AS post_id,
    e.source AS source,
    e.feed_position AS feed_position,
    ifNull(e.clicked_through, false) AS clicked_through,
    e.time_to_engagement_ms AS time_to_engagement_ms,
    e.platform AS platform,
    e.country_code AS country_code
FROM events AS e
WHERE e.event_name = 'post_discovered'
    AND NOT e.is_internal
    AND e.account_id NOT IN (SELECT excluded_accounts.account_id FROM excluded_accounts)
