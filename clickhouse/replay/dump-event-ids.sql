-- A page of event ids up to an accept number, in the order of their hashes; two rows of one id stand in one line.
-- params: after, upToSeq, limit · rows: key, text
WITH
    toFixedString(unhex({after:String}), 16) AS from_hash,
    (
        SELECT max(id_hash)
        FROM (SELECT id_hash FROM event_ids WHERE id_hash > from_hash AND accept_seq <= {upToSeq:UInt64} ORDER BY id_hash LIMIT {limit:UInt32})
    ) AS to_hash
SELECT hex(id_hash) AS key, arrayStringConcat(arraySort(groupArray(line)), ' ') AS text
FROM
(
    SELECT id_hash, formatRowNoNewline('JSONEachRow', hex(id_hash) AS id, * EXCEPT (id_hash)) AS line
    FROM event_ids
    WHERE id_hash > from_hash AND id_hash <= to_hash AND accept_seq <= {upToSeq:UInt64}
)
GROUP BY id_hash
ORDER BY key
