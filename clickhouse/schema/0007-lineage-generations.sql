-- The generation of a root that counts; a root without a row is in generation 0.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS lineage_generations {{cluster}}
(
    root_id String,
    generation UInt32
)
ENGINE = {{replicated}}ReplacingMergeTree(generation)
ORDER BY root_id
