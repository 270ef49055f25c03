-- The raw facts of a stretch of accept numbers, in their order. Of events that nobody asked for by name only the frame is read.
-- params: fromSeq, toSeq, eventNames · rows: seq, acceptedAtMs, timestampMs, clientTimestampMs, digest, eventId, eventName, network, accountId, sessionId, data, metadata
SELECT
    accept_seq AS seq,
    toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs,
    toUnixTimestamp64Milli(timestamp) AS timestampMs,
    toUnixTimestamp64Milli(client_timestamp) AS clientTimestampMs,
    digest,
    event_id AS eventId,
    event_name AS eventName,
    network,
    account_id AS accountId,
    session_id AS sessionId,
    if(empty({eventNames:Array(String)}) OR event_name IN {eventNames:Array(String)}, events.data, '{}') AS data,
    if(empty({eventNames:Array(String)}) OR event_name IN {eventNames:Array(String)}, events.metadata, '{}') AS metadata
FROM events
WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
    AND accept_seq NOT IN (SELECT accept_seq FROM outcomes WHERE status = 'expired' AND accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64})
ORDER BY seq
