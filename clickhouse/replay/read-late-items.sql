-- Late repeats of a stretch of accept numbers, each with the name of the event it repeats, and events that have expired: no
-- fact is left of them. An expired event is known by its name still.
-- params: fromSeq, toSeq · rows: seq, acceptedAtMs, eventId, eventName, isLate
SELECT
    late.seq AS seq,
    late.acceptedAtMs AS acceptedAtMs,
    late.eventId AS eventId,
    if(late.isLate, first.eventName, late.code) AS eventName,
    late.isLate AS isLate
FROM
(
    SELECT
        accept_seq AS seq,
        toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs,
        event_id AS eventId,
        toString(code) AS code,
        status != 'expired' AS isLate
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
