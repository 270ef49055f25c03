-- All facts, one row an accepted event, exactly as often as it was accepted: once.
-- Partitions follow the server's time of acceptance, which never changes.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS events {{cluster}}
(
    accept_seq UInt64 CODEC(Delta, ZSTD(1)),
    accepted_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    event_id String CODEC(ZSTD(1)),
    digest UInt64 CODEC(NONE),
    event_name LowCardinality(String),
    category LowCardinality(String),
    network LowCardinality(String),
    account_id String CODEC(ZSTD(1)),
    session_id String CODEC(ZSTD(1)),
    timestamp DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    client_timestamp DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    post_id String CODEC(ZSTD(1)),
    share_id String CODEC(ZSTD(1)),
    root_hint String CODEC(ZSTD(1)),
    target_account_id String CODEC(ZSTD(1)),
    conversation_id String CODEC(ZSTD(1)),
    message_id String CODEC(ZSTD(1)),
    comment_id String CODEC(ZSTD(1)),
    action LowCardinality(String),
    source LowCardinality(String),
    feed_position Nullable(UInt32),
    duration_ms Nullable(UInt64),
    completion Nullable(Float64),
    platform LowCardinality(String),
    device_type LowCardinality(String),
    app_version LowCardinality(String),
    country_code LowCardinality(String),
    time_zone LowCardinality(String),
    language LowCardinality(String),
    is_internal Bool,
    data String CODEC(ZSTD(3)),
    metadata String CODEC(ZSTD(3)),
    INDEX by_event_id event_id TYPE bloom_filter(0.01) GRANULARITY 4,
    INDEX by_accept_seq accept_seq TYPE minmax GRANULARITY 1
)
ENGINE = {{replicated}}MergeTree
PARTITION BY toYYYYMM(accepted_at)
ORDER BY (event_name, post_id, timestamp, event_id)
SETTINGS non_replicated_deduplication_window = 10000
