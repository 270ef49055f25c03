-- The events that make posts in a stretch of the accept order, and the posts they make.
-- params: fromSeq, toSeq · rows: acceptSeq, postId
SELECT accept_seq AS acceptSeq, if(event_name = 'post_share', share_id, post_id) AS postId
FROM events
WHERE event_name IN ('post_created', 'post_share') AND accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
