-- The rollup of shares against the share events of the same accept numbers; of one cascade where a root is named.
-- params: firstSeq, lastSeq, rootId, maxExamples · rows: looked, differing, examples
WITH members AS (SELECT post_id FROM lineage WHERE root_id = {rootId:String})
SELECT
    countIf(expected > 0) AS looked,
    countIf(differs) AS differing,
    groupArrayIf({maxExamples:UInt32})((id, toString(expected), if(expected = found, 'other content', toString(found))), differs) AS examples
FROM
(
    SELECT
        id,
        countIf(recount) AS expected,
        countIf(NOT recount) AS found,
        expected != found OR sumIf(content, recount) != sumIf(content, NOT recount) AS differs
    FROM
    (
        SELECT
            accept_seq AS seq,
            JSONExtractString(data, 'shareId') AS id,
            true AS recount,
            cityHash64(
                JSONExtractString(data, 'postId'), JSONExtractString(data, 'rootPostId'), account_id, timestamp, accepted_at,
                event_id, ifNull(JSONExtract(data, 'confidence', 'Nullable(Float64)'), -1)
            ) AS content
        FROM events
        WHERE event_name = 'post_share' AND accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
            AND ({rootId:String} = '' OR share_id IN (members))
        UNION ALL
        SELECT
            accept_seq AS seq,
            share_id AS id,
            false AS recount,
            cityHash64(parent_id, root_hint, account_id, shared_at, accepted_at, event_id, ifNull(confidence, -1)) AS content
        FROM shares
        WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64} AND ({rootId:String} = '' OR share_id IN (members))
    )
    GROUP BY seq, id
    ORDER BY seq
)
