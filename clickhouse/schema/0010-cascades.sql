-- One row a cascade and generation: how many posts, how deep, when last shared, how far its lineage reaches.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS cascades {{cluster}}
(
    root_id String,
    generation UInt32,
    posts SimpleAggregateFunction(sum, UInt64),
    accounts SimpleAggregateFunction(max, UInt32),
    depth SimpleAggregateFunction(max, UInt32),
    author_id SimpleAggregateFunction(max, String),
    created_at SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC'))),
    last_share_at SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC'))),
    accept_seq SimpleAggregateFunction(max, UInt64),
    link_seq SimpleAggregateFunction(max, UInt64)
)
ENGINE = {{replicated}}AggregatingMergeTree
ORDER BY (root_id, generation)
SETTINGS non_replicated_deduplication_window = 10000
