-- How each post was received in each quarter of an hour, without what is excluded. Rows are differences: whoever reads sums.
-- Of a standing like or save the quarter is the one in which its run began. Written by the tally.
-- recent_weight: the weights, each times 2 ^ (time since the quarter began / 24 h), in billionths.
-- Partitions are months of the events' own times, so that one can be counted anew and questions about a time read few.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS engagement_quarters {{cluster}}
(
    quarter DateTime('UTC') CODEC(Delta, ZSTD(1)),
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
    completions Int64 CODEC(T64, ZSTD(1)),
    recent_weight Int64 CODEC(T64, ZSTD(1))
)
ENGINE = {{replicated}}SummingMergeTree
PARTITION BY toYYYYMM(quarter)
ORDER BY (quarter, post_id)
SETTINGS non_replicated_deduplication_window = 10000
