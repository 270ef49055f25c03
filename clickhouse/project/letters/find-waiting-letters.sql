-- Which items of one request wait as dead letters, whichever store could not take them.
-- params: firstSeq, lastSeq · rows: seq, eventId, code
SELECT accept_seq AS seq, event_id AS eventId, code
FROM dead_letters FINAL
WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64} AND state = 'waiting'
ORDER BY seq, stage
LIMIT 1 BY seq
