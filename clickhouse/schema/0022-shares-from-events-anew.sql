-- Feeds shares from events, the weight included.
-- params: none · rows: none
CREATE MATERIALIZED VIEW IF NOT EXISTS shares_from_events {{cluster}} TO shares AS
SELECT
    share_id,
    accept_seq,
    post_id AS parent_id,
    root_hint,
    account_id,
    timestamp AS shared_at,
    accepted_at,
    event_id,
    JSONExtract(data, 'confidence', 'Nullable(Float64)') AS confidence
FROM events
WHERE event_name = 'post_share'
