-- The same events for one cascade: of its posts as lineage lists them, and of whatever was shared from those.
-- params: rootId, firstSeq, lastSeq · rows: acceptSeq, eventId, eventName, postId, shareId, rootHint, accountId, atMs, confidence, method
WITH members AS (SELECT post_id FROM lineage WHERE root_id = {rootId:String} UNION ALL SELECT {rootId:String} AS post_id)
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
    AND (post_id IN (members) OR (event_name = 'post_share' AND share_id IN (members)))
ORDER BY acceptSeq
