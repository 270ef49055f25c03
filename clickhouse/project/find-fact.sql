-- The accept order and time of an event by its id: one that was stored, or one whose row waits as a dead letter.
-- params: eventId · rows: seq, acceptedAtMs
SELECT seq, acceptedAtMs
FROM
(
    SELECT accept_seq AS seq, toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs
    FROM event_ids
    WHERE id_hash = sipHash128({eventId:String})
    UNION ALL
    SELECT accept_seq AS seq, toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs
    FROM dead_letters FINAL
    WHERE stage = 'facts' AND state = 'waiting' AND event_id = {eventId:String}
)
ORDER BY seq
LIMIT 1
