-- The accept order and time of an event that was stored, by its id.
-- params: eventId · rows: seq, acceptedAtMs
SELECT accept_seq AS seq, toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs
FROM event_ids
WHERE id_hash = sipHash128({eventId:String})
ORDER BY seq
LIMIT 1
