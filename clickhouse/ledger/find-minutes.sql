-- What the door counted in minutes that have been copied from the log. Of several copies of a minute the last is the fullest.
-- params: fromMs, toMs · rows: minuteMs, received, accepted, duplicate, conflict, rejected, firstSeq, lastSeq, gaps
SELECT
    toUnixTimestamp(minute) * 1000 AS minuteMs,
    received,
    accepted,
    duplicate,
    conflict,
    rejected,
    first_seq AS firstSeq,
    last_seq AS lastSeq,
    gaps
FROM ledger FINAL
WHERE minute >= toDateTime(intDiv({fromMs:Int64}, 1000), 'UTC') AND minute < toDateTime(intDiv({toMs:Int64}, 1000), 'UTC')
ORDER BY minuteMs
