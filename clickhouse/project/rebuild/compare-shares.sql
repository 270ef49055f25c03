-- Stretches of the accept order in which shares is not what the facts make it, doubled rows included.
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
        sum(sipHash64(
            share_id, accept_seq, post_id, root_hint, account_id, timestamp, accepted_at, event_id,
            ifNull(toString(JSONExtract(data, 'confidence', 'Nullable(Float64)')), '')
        )) AS sums
    FROM events
    WHERE event_name = 'post_share' AND accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
    GROUP BY bucket
    UNION ALL
    SELECT
        2 AS side,
        intDiv(accept_seq - 1, {size:UInt64}) AS bucket,
        count() AS rows,
        sum(sipHash64(
            share_id, accept_seq, parent_id, root_hint, account_id, shared_at, accepted_at, event_id,
            ifNull(toString(confidence), '')
        )) AS sums
    FROM shares
    WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
    GROUP BY bucket
)
GROUP BY bucket
HAVING source != stored
ORDER BY bucket
