-- At least as many as the inserts into events since a moment: each range has a row, and each replay a version of its letter.
-- params: sinceMs · rows: inserts
SELECT sum(written) AS inserts
FROM
(
    SELECT count() AS written FROM events WHERE accepted_at >= fromUnixTimestamp64Milli({sinceMs:Int64})
    UNION ALL
    SELECT count() AS written FROM dead_letters WHERE changed_at >= fromUnixTimestamp64Milli({sinceMs:Int64})
)
