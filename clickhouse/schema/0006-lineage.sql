-- The graph's word on every linked post: its cascade, its place in it (root 0, a parent before its shares), its depth.
-- A root that has to be written anew gets a new generation; lineage_generations says which one counts.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS lineage {{cluster}}
(
    root_id String CODEC(ZSTD(1)),
    generation UInt32,
    seq UInt32 CODEC(Delta, ZSTD(1)),
    post_id String CODEC(ZSTD(1)),
    parent_id String CODEC(ZSTD(1)),
    parent_seq UInt32 CODEC(ZSTD(1)),
    depth UInt32 CODEC(ZSTD(1)),
    account_id String CODEC(ZSTD(1)),
    account_ord UInt32 CODEC(ZSTD(1)),
    shared_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    accept_seq UInt64 CODEC(Delta, ZSTD(1)),
    link_seq UInt64 CODEC(Delta, ZSTD(1))
)
ENGINE = {{replicated}}MergeTree
ORDER BY (root_id, generation, seq)
SETTINGS non_replicated_deduplication_window = 10000
