-- Dead letters as they stand now, in the names that the service reads them by.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS letters {{cluster}} AS
SELECT
    stage,
    accept_seq AS seq,
    toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs,
    event_id AS eventId,
    timestamp_ms AS timestampMs,
    digest,
    code,
    reason,
    attempts,
    raw,
    state,
    toUnixTimestamp64Milli(died_at) AS diedAtMs,
    toUnixTimestamp64Milli(changed_at) AS changedAtMs
FROM dead_letters FINAL
