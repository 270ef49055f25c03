-- Waiting letters of the facts whose row is there: a replay, or a repair, went down before it could say so.
-- params: limit · rows: stage, seq, acceptedAtMs, eventId, timestampMs, digest, code, reason, attempts, raw, state, diedAtMs, changedAtMs
WITH waiting AS
(
    SELECT accept_seq
    FROM dead_letters FINAL
    WHERE dead_letters.stage = 'facts' AND state = 'waiting'
)
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
WHERE dead_letters.stage = 'facts'
    AND state = 'waiting'
    AND accept_seq IN
    (
        SELECT events.accept_seq FROM events WHERE events.accept_seq IN (SELECT waiting.accept_seq FROM waiting)
        UNION ALL
        SELECT outcomes.accept_seq FROM outcomes WHERE outcomes.accept_seq IN (SELECT waiting.accept_seq FROM waiting)
    )
ORDER BY accept_seq
LIMIT {limit:UInt32}
