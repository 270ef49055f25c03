-- A page of share events up to an accept number, in the order of the posts they made; all of one post stand in one line.
-- params: after, upToSeq, limit · rows: key, text
WITH
    (
        SELECT max(share_id)
        FROM (SELECT share_id FROM shares WHERE share_id > {after:String} AND accept_seq <= {upToSeq:UInt64} ORDER BY share_id LIMIT {limit:UInt32})
    ) AS to_id
SELECT share_id AS key, arrayStringConcat(arraySort(groupArray(line)), ' ') AS text
FROM
(
    SELECT share_id, formatRowNoNewline('JSONEachRow', *) AS line
    FROM shares
    WHERE share_id > {after:String} AND share_id <= to_id AND accept_seq <= {upToSeq:UInt64}
)
GROUP BY share_id
ORDER BY key
