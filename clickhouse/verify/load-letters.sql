-- Dead letters as they stand, with the bytes that were accepted.
-- params: firstSeq, lastSeq, limit · rows: stage, acceptSeq, eventId, timestampMs, acceptedAtMs, state, raw
SELECT
    stage,
    accept_seq AS acceptSeq,
    argMax(event_id, changed_at) AS eventId,
    argMax(timestamp_ms, changed_at) AS timestampMs,
    toUnixTimestamp64Milli(argMax(accepted_at, changed_at)) AS acceptedAtMs,
    argMax(state, changed_at) AS state,
    argMax(raw, changed_at) AS raw
FROM dead_letters
WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
GROUP BY stage, acceptSeq
ORDER BY acceptSeq, stage
LIMIT {limit:UInt32}
