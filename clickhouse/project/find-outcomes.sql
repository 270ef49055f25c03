-- What of one request was never stored. What has expired was.
-- params: firstSeq, lastSeq · rows: seq, eventId, status, code
SELECT accept_seq AS seq, event_id AS eventId, status, code
FROM outcomes
WHERE status != 'expired' AND accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
ORDER BY seq
