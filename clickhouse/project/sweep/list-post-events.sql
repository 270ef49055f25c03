-- The events that make or remove posts with ids in a range, by the order of the ids and then of acceptance; read where
-- they lie sorted by post, so that a sweep over everything reads everything once. An empty upper end is none.
-- params: after, upTo, limit · rows: postId, kind, acceptSeq, eventId, authorId, createdAt, parentId, rootHint, confidence
SELECT
    share_id AS postId,
    'share' AS kind,
    accept_seq AS acceptSeq,
    event_id AS eventId,
    account_id AS authorId,
    toUnixTimestamp64Milli(shared_at) AS createdAt,
    parent_id AS parentId,
    root_hint AS rootHint,
    confidence
FROM shares
WHERE share_id > {after:String} AND ({upTo:String} = '' OR share_id <= {upTo:String})
ORDER BY postId, acceptSeq
LIMIT {limit:UInt32}
UNION ALL
SELECT
    post_id AS postId,
    if(event_name = 'post_created', 'post', 'removal') AS kind,
    accept_seq AS acceptSeq,
    event_id AS eventId,
    account_id AS authorId,
    toUnixTimestamp64Milli(timestamp) AS createdAt,
    '' AS parentId,
    '' AS rootHint,
    NULL AS confidence
FROM events
WHERE event_name IN ('post_created', 'post_deleted')
    AND post_id > {after:String} AND ({upTo:String} = '' OR post_id <= {upTo:String})
ORDER BY postId, acceptSeq
LIMIT {limit:UInt32}
