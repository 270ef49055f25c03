-- What of one request ended otherwise than stored.
-- params: firstSeq, lastSeq · rows: seq, eventId, status, code
SELECT accept_seq AS seq, event_id AS eventId, status, code
FROM outcomes
WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
ORDER BY seq
