-- The late repeats of a stretch of accept numbers and the events that have expired: what was decided about them once.
-- params: fromSeq, toSeq · rows: seq, eventId, status, code, acceptedAtMs, digest
SELECT accept_seq AS seq, event_id AS eventId, status, code, toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs, digest
FROM outcomes
WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
ORDER BY seq
