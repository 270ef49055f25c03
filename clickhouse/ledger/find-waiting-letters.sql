-- The events of some minutes that wait among the dead letters.
-- params: fromMs, toMs · rows: minuteMs, stage, seq
SELECT
    intDiv(toUnixTimestamp64Milli(accepted_at), 60000) * 60000 AS minuteMs,
    stage,
    accept_seq AS seq
FROM dead_letters FINAL
WHERE state = 'waiting'
    AND accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
    AND accepted_at < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
