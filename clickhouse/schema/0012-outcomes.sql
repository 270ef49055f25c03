-- What ended otherwise than stored on the facts side: late repeats and late conflicts.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS outcomes {{cluster}}
(
    accept_seq UInt64,
    event_id String,
    status LowCardinality(String),
    code LowCardinality(String),
    accepted_at DateTime64(3, 'UTC')
)
ENGINE = {{replicated}}MergeTree
ORDER BY accept_seq
SETTINGS non_replicated_deduplication_window = 10000
