-- Event ids that stand in more than one row of events, one part of all ids at a time.
-- params: firstSeq, lastSeq, parts, part, maxExamples · rows: looked, differing, examples
SELECT
    count() AS looked,
    countIf(times != 1) AS differing,
    groupArrayIf({maxExamples:UInt32})((id, '1', concat(toString(times), ' at ', seqs)), times != 1) AS examples
FROM
(
    SELECT event_id AS id, count() AS times, arrayStringConcat(arrayMap(seq -> toString(seq), groupArray(5)(accept_seq)), ', ') AS seqs
    FROM events
    WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64} AND sipHash64(event_id) % {parts:UInt32} = {part:UInt32}
    GROUP BY event_id
)
