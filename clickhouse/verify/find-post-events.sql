-- The same events for posts that are named one by one: their own, and the shares made from them where children are asked for.
-- params: postIds, parentIds, lastSeq · rows: acceptSeq, eventId, eventName, postId, shareId, rootHint, accountId, atMs, confidence, method
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
WHERE accept_seq <= {lastSeq:UInt64}
    AND
    (
        (event_name IN ('post_created', 'post_deleted') AND post_id IN {postIds:Array(String)})
        OR (event_name = 'post_share' AND (share_id IN {postIds:Array(String)} OR post_id IN {parentIds:Array(String)}))
    )
ORDER BY acceptSeq
