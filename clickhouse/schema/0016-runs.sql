-- Every run of a reconciling level: what it looked at, what differed, what was repaired, and whether it stopped short.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS runs {{cluster}}
(
    run_id String,
    level LowCardinality(String),
    dry_run Bool,
    started_at DateTime64(3, 'UTC'),
    ended_at DateTime64(3, 'UTC'),
    looked_at UInt64,
    differing UInt64,
    repaired UInt64,
    stopped LowCardinality(String)
)
ENGINE = {{replicated}}MergeTree
ORDER BY (started_at, run_id)
SETTINGS non_replicated_deduplication_window = 1000
