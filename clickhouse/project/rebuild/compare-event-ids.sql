-- Stretches of the accept order in which event_ids is not what the facts make it, doubled rows included. The ids of events
-- that have expired stay.
-- params: fromSeq, toSeq, size · rows: partition, bucket, source, stored
SELECT
    'all' AS partition,
    bucket,
    concat(toString(sumIf(rows, side = 1)), ' ', toString(sumIf(sums, side = 1))) AS source,
    concat(toString(sumIf(rows, side = 2)), ' ', toString(sumIf(sums, side = 2))) AS stored
FROM
(
    SELECT
        1 AS side,
        intDiv(accept_seq - 1, {size:UInt64}) AS bucket,
        count() AS rows,
        sum(sipHash64(sipHash128(event_id), digest, accept_seq, accepted_at)) AS sums
    FROM
    (
        SELECT event_id, digest, accept_seq, accepted_at
        FROM events
        WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
            AND accept_seq NOT IN (SELECT accept_seq FROM outcomes WHERE status = 'expired' AND accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64})
        UNION ALL
        SELECT event_id, digest, accept_seq, accepted_at
        FROM outcomes
        WHERE status = 'expired' AND accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
    )
    GROUP BY bucket
    UNION ALL
    SELECT
        2 AS side,
        intDiv(accept_seq - 1, {size:UInt64}) AS bucket,
        count() AS rows,
        sum(sipHash64(id_hash, digest, accept_seq, accepted_at)) AS sums
    FROM event_ids
    WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
    GROUP BY bucket
)
GROUP BY bucket
HAVING source != stored
ORDER BY bucket
