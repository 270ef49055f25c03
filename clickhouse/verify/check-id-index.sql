-- The index of event ids against the events of the same accept numbers, those that have expired among them.
-- params: firstSeq, lastSeq, maxExamples · rows: looked, differing, examples
SELECT
    countIf(expected > 0) AS looked,
    countIf(differs) AS differing,
    groupArrayIf({maxExamples:UInt32})((toString(seq), toString(expected), if(expected = found, 'other content', toString(found))), differs) AS examples
FROM
(
    SELECT
        seq,
        countIf(recount) AS expected,
        countIf(NOT recount) AS found,
        expected != found OR sumIf(content, recount) != sumIf(content, NOT recount) AS differs
    FROM
    (
        SELECT accept_seq AS seq, true AS recount, cityHash64(sipHash128(event_id), digest, accepted_at) AS content
        FROM events
        WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
            AND accept_seq NOT IN (SELECT accept_seq FROM outcomes WHERE status = 'expired' AND accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64})
        UNION ALL
        SELECT accept_seq AS seq, true AS recount, cityHash64(sipHash128(event_id), digest, accepted_at) AS content
        FROM outcomes
        WHERE status = 'expired' AND accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
        UNION ALL
        SELECT accept_seq AS seq, false AS recount, cityHash64(id_hash, digest, accepted_at) AS content
        FROM event_ids
        WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
    )
    GROUP BY seq
    ORDER BY seq
)
