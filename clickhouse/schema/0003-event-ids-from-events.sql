-- Feeds event_ids from events.
-- params: none · rows: none
CREATE MATERIALIZED VIEW IF NOT EXISTS event_ids_from_events {{cluster}} TO event_ids AS
SELECT sipHash128(event_id) AS id_hash, digest, accept_seq, accepted_at
FROM events
