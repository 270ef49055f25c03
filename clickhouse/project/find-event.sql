-- What an event that was stored was about, for its receipt.
-- params: eventId, seq · rows: eventName, network, data
SELECT event_name AS eventName, network, data
FROM events
WHERE event_id = {eventId:String} AND accept_seq = {seq:UInt64}
LIMIT 1
