-- What an event stood for that has expired, so that its id is told from new and from another content for ever.
-- params: none · rows: none
ALTER TABLE outcomes {{cluster}}
    ADD COLUMN IF NOT EXISTS digest UInt64 CODEC(NONE),
    ADD INDEX IF NOT EXISTS by_accepted_at accepted_at TYPE minmax GRANULARITY 1
