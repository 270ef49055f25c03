-- Waiting letters of the facts whose row is there: a replay, or a repair, went down before it could say so.
-- params: limit · rows: stage, seq, acceptedAtMs, eventId, timestampMs, digest, code, reason, attempts, raw, state, diedAtMs, changedAtMs
WITH waiting AS (SELECT seq FROM letters WHERE stage = 'facts' AND state = 'waiting')
SELECT *
FROM letters
WHERE stage = 'facts'
    AND state = 'waiting'
    AND seq IN
    (
        SELECT events.accept_seq FROM events WHERE events.accept_seq IN (SELECT waiting.seq FROM waiting)
        UNION ALL
        SELECT outcomes.accept_seq FROM outcomes WHERE outcomes.accept_seq IN (SELECT waiting.seq FROM waiting)
    )
ORDER BY seq
LIMIT {limit:UInt32}
