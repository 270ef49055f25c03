-- Accept numbers of a stretch that stand in more than one row: how often in which table, in which of its partitions, and
-- whether those rows differ: in anything, and in which event they are. The row of an event that has expired only waits to
-- be deleted.
-- params: fromSeq, toSeq, limit · rows: acceptSeq, events, outcomes, variants, identities, partitions
SELECT
    accept_seq AS acceptSeq,
    countIf(side = 'events') AS events,
    countIf(side = 'outcomes') AS outcomes,
    uniqExact(content) AS variants,
    uniqExact(event_id, digest) AS identities,
    arraySort(groupUniqArrayIf(partition, side = 'events')) AS partitions
FROM
(
    SELECT
        accept_seq, 'events' AS side, _partition_id AS partition, event_id, digest,
        sipHash64(event_id, digest, event_name, account_id, timestamp, post_id, share_id, data, metadata, accepted_at) AS content
    FROM events
    WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
        AND accept_seq NOT IN (SELECT accept_seq FROM outcomes WHERE status = 'expired' AND accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64})
    UNION ALL
    SELECT
        accept_seq, 'outcomes' AS side, _partition_id AS partition, event_id, toUInt64(0) AS digest,
        sipHash64(event_id, status, code, accepted_at) AS content
    FROM outcomes
    WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
)
GROUP BY accept_seq
HAVING count() > 1
ORDER BY accept_seq
LIMIT {limit:UInt32}
