-- Months of the events' own times to which facts were added behind the tally, and which were counted anew since: of a month
-- the newest word counts. Month 0 is all of them.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS stale_months {{cluster}}
(
    month UInt32,
    told_at DateTime64(3, 'UTC'),
    is_stale Bool
)
ENGINE = {{replicated}}MergeTree
ORDER BY (month, told_at)
SETTINGS non_replicated_deduplication_window = 10000
