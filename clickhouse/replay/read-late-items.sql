-- Late repeats of a stretch of accept numbers, each with the name of the event it repeats: no fact is left of them.
-- params: fromSeq, toSeq · rows: seq, acceptedAtMs, eventId, eventName
SELECT late.seq AS seq, late.acceptedAtMs AS acceptedAtMs, late.eventId AS eventId, first.eventName AS eventName
FROM
(
    SELECT accept_seq AS seq, toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs, event_id AS eventId
    FROM outcomes
    WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
) AS late
LEFT JOIN
(
    SELECT event_id AS eventId, any(event_name) AS eventName
    FROM events
    WHERE event_id IN (SELECT event_id FROM outcomes WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64})
    GROUP BY event_id
) AS first ON first.eventId = late.eventId
ORDER BY seq
