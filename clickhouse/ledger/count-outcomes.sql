-- How many late repeats the facts told apart in each minute, and how many events have expired, up to where the facts are
-- and up to where both stores are.
-- params: fromMs, toMs, factsSeq, bothSeq · rows: minuteMs, status, atFacts, atBoth
SELECT
    intDiv(toUnixTimestamp64Milli(accepted_at), 60000) * 60000 AS minuteMs,
    status,
    count() AS atFacts,
    countIf(accept_seq <= {bothSeq:UInt64}) AS atBoth
FROM outcomes
WHERE accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
    AND accepted_at < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
    AND accept_seq <= {factsSeq:UInt64}
GROUP BY minuteMs, status
