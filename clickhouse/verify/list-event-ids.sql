-- Which ids the facts hold, with what they stand for, by accept numbers; a waiting dead letter holds its id too, and so
-- does an event that has expired.
-- params: firstSeq, lastSeq · rows: acceptSeq, eventId, digest
SELECT accept_seq AS acceptSeq, event_id AS eventId, toString(digest) AS digest
FROM events
WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
    AND accept_seq NOT IN (SELECT accept_seq FROM outcomes WHERE status = 'expired' AND accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64})
UNION ALL
SELECT accept_seq AS acceptSeq, event_id AS eventId, toString(digest) AS digest
FROM outcomes
WHERE status = 'expired' AND accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
UNION ALL
SELECT dead_letters.accept_seq AS acceptSeq, any(event_id) AS eventId, toString(any(dead_letters.digest)) AS digest
FROM dead_letters
WHERE stage = 'facts' AND dead_letters.accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
GROUP BY acceptSeq
HAVING argMax(state, changed_at) = 'waiting'
