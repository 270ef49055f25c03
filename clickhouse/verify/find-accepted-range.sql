-- The accept numbers around a stretch of time: the last one before it, and the first one after it.
-- params: sinceMs, untilMs · rows: beforeSeq, afterSeq
SELECT
    maxIf(seq, at_ms < {sinceMs:Int64}) AS beforeSeq,
    minIf(seq, at_ms >= {untilMs:Int64}) AS afterSeq
FROM
(
    SELECT accept_seq AS seq, toUnixTimestamp64Milli(accepted_at) AS at_ms FROM events
    UNION ALL
    SELECT accept_seq AS seq, toUnixTimestamp64Milli(accepted_at) AS at_ms FROM outcomes
    UNION ALL
    SELECT accept_seq AS seq, toUnixTimestamp64Milli(accepted_at) AS at_ms FROM dead_letters WHERE stage = 'facts'
)
