-- Where a post stands: its cascade and its place there, found by the post's id.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS places {{cluster}}
(
    post_id String,
    root_id String,
    generation UInt32,
    seq UInt32,
    link_seq UInt64
)
ENGINE = {{replicated}}MergeTree
ORDER BY (post_id, link_seq)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024
