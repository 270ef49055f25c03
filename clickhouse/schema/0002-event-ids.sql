-- Every event id ever stored, as 128 bits: what the door no longer remembers is told here from new.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS event_ids {{cluster}}
(
    id_hash FixedString(16),
    digest UInt64,
    accept_seq UInt64,
    accepted_at DateTime64(3, 'UTC')
)
ENGINE = {{replicated}}MergeTree
ORDER BY id_hash
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024
