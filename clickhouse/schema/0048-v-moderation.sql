-- For analysts: every flag and every action on a post or a person. Flags of excluded accounts are left out.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS v_moderation {{cluster}} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    e.event_id AS event_id,
    e.timestamp AS happened_at,
    if(e.event_name = 'content_flagged', 'flag', 'action') AS kind,
    e.account_id AS account_id,
    e.post_id AS post_id,
    e.target_account_id AS target_account_id,
    e.reason AS reason,
    e.policy AS policy,
    e.action AS action
FROM events AS e
WHERE e.event_name IN ('content_flagged', 'moderation_action')
    AND NOT e.is_internal
    AND
    (
        e.event_name = 'moderation_action'
        OR e.account_id NOT IN (SELECT excluded_accounts.account_id FROM excluded_accounts)
    )
