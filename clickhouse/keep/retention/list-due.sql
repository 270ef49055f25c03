-- The first events of a month that are due behind an accept number, without those that have expired already.
-- params: partition, eventNames, beforeMs, afterSeq, limit · rows: seq, eventId, eventName, digest, acceptedAtMs
SELECT
    accept_seq AS seq,
    event_id AS eventId,
    event_name AS eventName,
    digest,
    toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs
FROM events
WHERE _partition_id = {partition:String}
    AND accept_seq > {afterSeq:UInt64}
    AND event_name IN {eventNames:Array(String)}
    AND toUnixTimestamp64Milli(accepted_at) < transform(toString(event_name), {eventNames:Array(String)}, {beforeMs:Array(Int64)}, toInt64(0))
    AND accept_seq NOT IN (SELECT accept_seq FROM outcomes WHERE status = 'expired' AND accept_seq > {afterSeq:UInt64})
ORDER BY seq
LIMIT {limit:UInt32}
