-- How the accept numbers of a stretch are accounted for, bucket by bucket: rows that stand for one number each, the
-- numbers themselves, and the numbers of letters that wait. The row of an event that has expired only waits to be deleted.
-- params: fromSeq, toSeq, size · rows: bucket, rows, numbers, accounted
SELECT
    intDiv(accept_seq - 1, {size:UInt64}) AS bucket,
    countIf(held != 'letter') AS rows,
    uniqExactIf(accept_seq, held != 'letter') AS numbers,
    uniqExact(accept_seq) AS accounted
FROM
(
    SELECT accept_seq, 'event' AS held
    FROM events
    WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
        AND accept_seq NOT IN (SELECT accept_seq FROM outcomes WHERE status = 'expired' AND accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64})
    UNION ALL
    SELECT accept_seq, 'outcome' AS held
    FROM outcomes
    WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
    UNION ALL
    SELECT accept_seq, 'letter' AS held
    FROM dead_letters FINAL
    WHERE stage = 'facts' AND state = 'waiting' AND accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
)
GROUP BY bucket
ORDER BY bucket
