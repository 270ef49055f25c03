-- The late repeats of a stretch of accept numbers; two rows of one number stand in one line.
-- params: fromSeq, toSeq · rows: seq, text
SELECT accept_seq AS seq, arrayStringConcat(arraySort(groupArray(line)), ' ') AS text
FROM
(
    SELECT accept_seq, formatRowNoNewline('JSONEachRow', *) AS line
    FROM outcomes
    WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
)
GROUP BY accept_seq
ORDER BY seq
