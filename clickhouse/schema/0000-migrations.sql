-- Which schema files have been applied.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS migrations {{cluster}}
(
    id String,
    checksum String,
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = {{replicated}}MergeTree
ORDER BY id
