-- Every repair, with what both stores said before and after it. A dry run keeps what it would have done.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS repairs {{cluster}}
(
    run_id String,
    repaired_at DateTime64(3, 'UTC'),
    dry_run Bool,
    kind LowCardinality(String),
    target LowCardinality(String),
    source LowCardinality(String),
    subject String,
    detail String,
    graph_before String,
    facts_before String,
    graph_after String,
    facts_after String
)
ENGINE = {{replicated}}MergeTree
ORDER BY (repaired_at, run_id)
SETTINGS non_replicated_deduplication_window = 1000
