-- One dead letter as it stands now.
-- params: stage, seq · rows: stage, seq, acceptedAtMs, eventId, timestampMs, digest, code, reason, attempts, raw, state, diedAtMs, changedAtMs
SELECT *
FROM letters
WHERE stage = {stage:String} AND seq = {seq:UInt64}
