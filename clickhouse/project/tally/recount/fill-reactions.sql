-- Likes and saves anew from the facts up to an accept number; those from before `wholeFromMs`, which may have expired there, as they are.
-- params: toSeq, wholeFromMs · rows: none
INSERT INTO reactions_recount (event_name, post_id, account_id, timestamp, event_id, is_on, accept_seq)
SELECT e.event_name, e.post_id, e.account_id, e.timestamp, e.event_id, e.action IN ('like', 'save') AS is_on, e.accept_seq
FROM events AS e
WHERE e.event_name IN ('post_like', 'post_save') AND NOT e.is_internal AND e.accept_seq <= {toSeq:UInt64}
    AND e.timestamp >= fromUnixTimestamp64Milli({wholeFromMs:Int64}, 'UTC')
UNION ALL
SELECT event_name, post_id, account_id, timestamp, event_id, is_on, accept_seq
FROM reactions
WHERE timestamp < fromUnixTimestamp64Milli({wholeFromMs:Int64}, 'UTC')
