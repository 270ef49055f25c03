-- What became of accepted events in the facts, by the minute they were accepted in.
-- params: firstSeq, lastSeq, graphEvents · rows: minuteMs, events, graphEvents, lateDuplicate, lateConflict, deadLettered, expired, firstSeq, lastSeq
SELECT
    intDiv(toUnixTimestamp64Milli(accepted_at), 60000) * 60000 AS minuteMs,
    countIf(outcome = 'stored') AS events,
    countIf(outcome = 'stored' AND event_name IN {graphEvents:Array(String)}) AS graphEvents,
    countIf(outcome = 'lateDuplicate') AS lateDuplicate,
    countIf(outcome = 'lateConflict') AS lateConflict,
    countIf(outcome = 'deadLettered') AS deadLettered,
    countIf(outcome = 'expired') AS expired,
    min(seq) AS firstSeq,
    max(seq) AS lastSeq
FROM
(
    SELECT accept_seq AS seq, accepted_at, 'stored' AS outcome, event_name FROM events
    WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
        AND accept_seq NOT IN (SELECT accept_seq FROM outcomes WHERE status = 'expired' AND accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64})
    UNION ALL
    SELECT accept_seq AS seq, accepted_at, status AS outcome, '' AS event_name FROM outcomes
    WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
    UNION ALL
    SELECT
        dead_letters.accept_seq AS seq,
        any(dead_letters.accepted_at) AS accepted_at,
        'deadLettered' AS outcome,
        '' AS event_name
    FROM dead_letters
    WHERE stage = 'facts' AND dead_letters.accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
    GROUP BY seq
    HAVING argMax(state, changed_at) = 'waiting'
)
GROUP BY minuteMs
ORDER BY minuteMs
