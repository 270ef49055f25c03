-- What was last measured of each cascade: a row that counts +1, and the same row with -1 once another takes its place.
-- So a whole band is counted by adding up signs, whatever has been merged. The row of root '' tells the newest batch.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS cascade_shapes {{cluster}}
(
    band UInt8,
    root_id String CODEC(ZSTD(1)),
    generation UInt32,
    posts UInt32,
    depth UInt32,
    max_breadth UInt32,
    structural_virality Nullable(Float64),
    velocity UInt32,
    measured_at DateTime64(3, 'UTC'),
    batch UInt64,
    sign Int8,
    INDEX by_root root_id TYPE bloom_filter(0.01) GRANULARITY 1,
    PROJECTION by_shape
    (
        SELECT band, depth, max_breadth, structural_virality, sum(sign)
        GROUP BY band, depth, max_breadth, structural_virality
    )
)
ENGINE = {{replicated}}VersionedCollapsingMergeTree(sign, batch)
ORDER BY (band, root_id)
SETTINGS non_replicated_deduplication_window = 10000, deduplicate_merge_projection_mode = 'rebuild'
