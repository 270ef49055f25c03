-- Events of a stretch of accept numbers that the facts could not take and that wait there: no fact is left of them, only this.
-- params: fromSeq, toSeq · rows: seq, acceptedAtMs, timestampMs, digest, raw
SELECT
    accept_seq AS seq,
    toUnixTimestamp64Milli(argMax(dead_letters.accepted_at, changed_at)) AS acceptedAtMs,
    argMax(timestamp_ms, changed_at) AS timestampMs,
    argMax(dead_letters.digest, changed_at) AS digest,
    argMax(dead_letters.raw, changed_at) AS raw
FROM dead_letters
WHERE stage = 'facts' AND accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
GROUP BY accept_seq
HAVING argMax(state, changed_at) = 'waiting'
ORDER BY seq
