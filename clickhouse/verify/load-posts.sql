-- Events that make, name or remove posts, by accept numbers. What they say is read from the data that was sent.
-- params: firstSeq, lastSeq · rows: acceptSeq, eventId, eventName, postId, shareId, rootHint, accountId, atMs, confidence, method
SELECT
    accept_seq AS acceptSeq,
    event_id AS eventId,
    event_name AS eventName,
    JSONExtractString(data, 'postId') AS postId,
    JSONExtractString(data, 'shareId') AS shareId,
    JSONExtractString(data, 'rootPostId') AS rootHint,
    account_id AS accountId,
    toUnixTimestamp64Milli(timestamp) AS atMs,
    JSONExtract(data, 'confidence', 'Nullable(Float64)') AS confidence,
    JSONExtractString(data, 'method') AS method
FROM events
WHERE event_name IN ('post_created', 'post_share', 'post_deleted')
    AND accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
ORDER BY acceptSeq
