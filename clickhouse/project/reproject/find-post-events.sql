-- The events that make or remove some posts, straight from the raw facts, in accept order.
-- params: postIds · rows: postId, kind, acceptSeq, eventId, authorId, createdAt, parentId, rootHint, method, confidence
SELECT
    if(event_name = 'post_share', share_id, post_id) AS postId,
    multiIf(event_name = 'post_share', 'share', event_name = 'post_created', 'post', 'removal') AS kind,
    accept_seq AS acceptSeq,
    event_id AS eventId,
    account_id AS authorId,
    toUnixTimestamp64Milli(timestamp) AS createdAt,
    if(event_name = 'post_share', post_id, '') AS parentId,
    root_hint AS rootHint,
    JSONExtract(data, 'method', 'Nullable(String)') AS method,
    JSONExtract(data, 'confidence', 'Nullable(Float64)') AS confidence
FROM events
WHERE (event_name IN ('post_created', 'post_deleted') AND post_id IN {postIds:Array(String)})
    OR (event_name = 'post_share' AND share_id IN {postIds:Array(String)})
ORDER BY acceptSeq
