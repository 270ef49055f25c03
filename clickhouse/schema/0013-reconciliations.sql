-- The last comparison of each cascade between graph and facts, below a watermark both had reached.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS reconciliations {{cluster}}
(
    root_id String,
    reconciled_at DateTime64(3, 'UTC'),
    accept_seq UInt64,
    link_seq UInt64,
    accepted_at DateTime64(3, 'UTC'),
    graph_shares UInt64,
    facts_shares UInt64,
    graph_digest String,
    facts_digest String,
    drift Int64
)
ENGINE = {{replicated}}ReplacingMergeTree(reconciled_at)
ORDER BY root_id
