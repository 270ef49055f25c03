-- How each post was received on each day of UTC, kept for ever. Rows are differences: whoever reads sums.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS engagement_days {{cluster}}
(
    day Date CODEC(Delta, ZSTD(1)),
    post_id String CODEC(ZSTD(1)),
    impressions Int64 CODEC(T64, ZSTD(1)),
    views Int64 CODEC(T64, ZSTD(1)),
    bonus_views Int64 CODEC(T64, ZSTD(1)),
    likes Int64 CODEC(T64, ZSTD(1)),
    saves Int64 CODEC(T64, ZSTD(1)),
    comments Int64 CODEC(T64, ZSTD(1)),
    shares Int64 CODEC(T64, ZSTD(1)),
    watch_ms Int64 CODEC(T64, ZSTD(1)),
    completion_millionths Int64 CODEC(T64, ZSTD(1)),
    completions Int64 CODEC(T64, ZSTD(1))
)
ENGINE = {{replicated}}SummingMergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (post_id, day)
SETTINGS non_replicated_deduplication_window = 10000
