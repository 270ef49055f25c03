-- One dead letter as it stands now.
-- params: stage, seq · rows: stage, seq, acceptedAtMs, eventId, timestampMs, digest, code, reason, attempts, raw, state, diedAtMs, changedAtMs
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
WHERE dead_letters.stage = {stage:String} AND accept_seq = {seq:UInt64}
