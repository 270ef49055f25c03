-- How much of what each excluded account did is in no other number, by kind and quarter of an hour. Rows are differences.
-- Written by the tally.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS excluded_engagement {{cluster}}
(
    quarter DateTime('UTC') CODEC(Delta, ZSTD(1)),
    event_name LowCardinality(String),
    account_id String CODEC(ZSTD(1)),
    events Int64 CODEC(T64, ZSTD(1))
)
ENGINE = {{replicated}}SummingMergeTree
PARTITION BY toYYYYMM(quarter)
ORDER BY (quarter, event_name, account_id)
SETTINGS non_replicated_deduplication_window = 10000
