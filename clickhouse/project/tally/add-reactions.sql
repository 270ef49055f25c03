-- Likes and saves of a stretch of the accept order, by post and person. Events marked internal are no part of a person's state.
-- params: afterSeq, toSeq · rows: none
INSERT INTO reactions (event_name, post_id, account_id, timestamp, event_id, is_on, accept_seq)
SELECT e.event_name, e.post_id, e.account_id, e.timestamp, e.event_id, e.action IN ('like', 'save') AS is_on, e.accept_seq
FROM events AS e
WHERE e.event_name IN ('post_like', 'post_save') AND NOT e.is_internal
    AND e.accept_seq > {afterSeq:UInt64} AND e.accept_seq <= {toSeq:UInt64}
ORDER BY ALL
