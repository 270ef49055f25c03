-- Events that one of the stores could not take, with everything needed to try again. The latest row of an id counts.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS dead_letters {{cluster}}
(
    id String,
    stage LowCardinality(String),
    accept_seq UInt64,
    accepted_at DateTime64(3, 'UTC'),
    event_id String,
    timestamp_ms Int64,
    digest UInt64,
    code LowCardinality(String),
    reason String,
    attempts UInt32,
    raw String,
    state LowCardinality(String),
    died_at DateTime64(3, 'UTC'),
    changed_at DateTime64(3, 'UTC')
)
ENGINE = {{replicated}}ReplacingMergeTree(changed_at)
ORDER BY (accept_seq, stage)
SETTINGS non_replicated_deduplication_window = 10000
