-- The last word on each pair of accounts, one part of all pairs at a time; some events are left out.
-- params: lastSeq, leftOut, parts, part · rows: accountId, targetAccountId, follows, atMs, eventId
SELECT
    account_id AS accountId,
    target_account_id AS targetAccountId,
    argMax(action, (timestamp, event_id)) = 'follow' AS follows,
    toUnixTimestamp64Milli(max(timestamp)) AS atMs,
    argMax(event_id, (timestamp, event_id)) AS eventId
FROM events
WHERE event_name = 'user_follow' AND accept_seq <= {lastSeq:UInt64} AND accept_seq NOT IN {leftOut:Array(UInt64)}
    AND sipHash64(account_id, target_account_id) % {parts:UInt32} = {part:UInt32}
GROUP BY accountId, targetAccountId
