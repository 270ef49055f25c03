-- What the door counted in minutes that have ended, copied from the log so that the books outlive it.
-- params: none · rows: none
CREATE TABLE IF NOT EXISTS ledger {{cluster}}
(
    minute DateTime('UTC'),
    received UInt64,
    accepted UInt64,
    duplicate UInt64,
    conflict UInt64,
    rejected UInt64,
    first_seq UInt64,
    last_seq UInt64
)
ENGINE = {{replicated}}ReplacingMergeTree(received)
ORDER BY minute
