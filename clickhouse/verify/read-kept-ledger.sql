-- The door's counts of minutes that were copied from the log.
-- params: fromMs, toMs · rows: minuteMs, received, accepted, duplicate, conflict, rejected, firstSeq, lastSeq, gaps
SELECT
    toInt64(toUnixTimestamp(minute)) * 1000 AS minuteMs,
    argMax(ledger.accepted, ledger.received) AS accepted,
    argMax(ledger.duplicate, ledger.received) AS duplicate,
    argMax(ledger.conflict, ledger.received) AS conflict,
    argMax(ledger.rejected, ledger.received) AS rejected,
    argMax(ledger.first_seq, ledger.received) AS firstSeq,
    argMax(ledger.last_seq, ledger.received) AS lastSeq,
    argMax(ledger.gaps, ledger.received) AS gaps,
    max(ledger.received) AS received
FROM ledger
WHERE minuteMs >= {fromMs:Int64} AND minuteMs < {toMs:Int64}
GROUP BY minute
ORDER BY minuteMs
