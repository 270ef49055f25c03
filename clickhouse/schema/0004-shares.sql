-- Share events by the post they made: what the facts say of who shared from whom, independent of the graph.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS shares {{cluster}}
(
    share_id String,
    accept_seq UInt64,
    parent_id String,
    root_hint String,
    account_id String,
    shared_at DateTime64(3, 'UTC'),
    accepted_at DateTime64(3, 'UTC'),
    event_id String
)
ENGINE = {{replicated}}MergeTree
ORDER BY (share_id, accept_seq)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024
