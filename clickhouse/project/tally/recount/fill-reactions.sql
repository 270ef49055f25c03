-- Likes and saves anew from the facts up to an accept number.
-- params: toSeq · rows: none
INSERT INTO reactions_recount (event_name, post_id, account_id, timestamp, event_id, is_on, accept_seq)
SELECT e.event_name, e.post_id, e.account_id, e.timestamp, e.event_id, e.action IN ('like', 'save') AS is_on, e.accept_seq
FROM events AS e
WHERE e.event_name IN ('post_like', 'post_save') AND NOT e.is_internal AND e.accept_seq <= {toSeq:UInt64}
