-- How many rows the facts hold of each minute, up to where the facts are and up to where both stores are. The row of an
-- event that has expired only waits to be deleted.
-- params: fromMs, toMs, factsSeq, bothSeq · rows: minuteMs, atFacts, atBoth
SELECT
    intDiv(toUnixTimestamp64Milli(accepted_at), 60000) * 60000 AS minuteMs,
    count() AS atFacts,
    countIf(accept_seq <= {bothSeq:UInt64}) AS atBoth
FROM events
WHERE accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
    AND accepted_at < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
    AND accept_seq <= {factsSeq:UInt64}
    AND accept_seq NOT IN
    (
        SELECT accept_seq
        FROM outcomes
        WHERE status = 'expired'
            AND accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
            AND accepted_at < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
    )
GROUP BY minuteMs
