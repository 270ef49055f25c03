-- Accept numbers of a stretch that are not exactly one of: a row of events, a late outcome, an expiry, a waiting dead
-- letter. The row of an event that has expired only waits to be deleted.
-- params: firstSeq, lastSeq, maxExamples · rows: looked, differing, examples
SELECT
    count() AS looked,
    countIf(times != 1) AS differing,
    groupArrayIf({maxExamples:UInt32})((toString(seq), '1', if(times = 0, '0', places)), times != 1) AS examples
FROM
(
    SELECT wanted.seq AS seq, held.times AS times, held.places AS places
    FROM (SELECT {firstSeq:UInt64} + number AS seq FROM numbers({lastSeq:UInt64} - {firstSeq:UInt64} + 1)) AS wanted
    LEFT JOIN
    (
        SELECT accept_seq, count() AS times, concat(toString(times), ' in ', arrayStringConcat(groupArray(place), ', ')) AS places
        FROM
        (
            SELECT accept_seq, 'events' AS place FROM events
            WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
                AND accept_seq NOT IN (SELECT accept_seq FROM outcomes WHERE status = 'expired' AND accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64})
            UNION ALL
            SELECT accept_seq, 'outcomes' AS place FROM outcomes
            WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
            UNION ALL
            SELECT accept_seq, 'dead_letters' AS place
            FROM
            (
                SELECT dead_letters.accept_seq AS accept_seq, argMax(dead_letters.state, dead_letters.changed_at) AS latest
                FROM dead_letters
                WHERE stage = 'facts' AND dead_letters.accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
                GROUP BY accept_seq
            )
            WHERE latest = 'waiting'
        )
        GROUP BY accept_seq
    ) AS held ON held.accept_seq = wanted.seq
    ORDER BY seq
)
