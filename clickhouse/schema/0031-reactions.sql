-- Likes and saves by post and person, so that what stands is found without reading all facts. Written by the tally.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS reactions {{cluster}}
(
    event_name LowCardinality(String),
    post_id String CODEC(ZSTD(1)),
    account_id String CODEC(ZSTD(1)),
    timestamp DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    event_id String CODEC(ZSTD(1)),
    is_on Bool,
    accept_seq UInt64 CODEC(Delta, ZSTD(1)),
    INDEX by_account account_id TYPE bloom_filter(0.01) GRANULARITY 32
)
ENGINE = {{replicated}}MergeTree
ORDER BY (event_name, post_id, account_id, timestamp, event_id)
SETTINGS index_granularity = 512, non_replicated_deduplication_window = 10000
