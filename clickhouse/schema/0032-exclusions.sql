-- When an account came to be excluded from engagement, or no more, by the accept number up to which was counted. An account
-- that is in no row was never excluded. Written by the tally.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS exclusions {{cluster}}
(
    account_id String,
    counted_to UInt64,
    is_excluded Bool
)
ENGINE = {{replicated}}MergeTree
ORDER BY (account_id, counted_to)
SETTINGS non_replicated_deduplication_window = 10000
