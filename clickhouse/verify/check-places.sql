-- The rollup of places against lineage, one part of all posts at a time; of one cascade where a root is named.
-- params: linkSeq, parts, part, rootId, maxExamples · rows: looked, differing, examples
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
        SELECT post_id AS id, true AS recount, cityHash64(root_id, generation, seq, link_seq) AS content
        FROM lineage
        WHERE link_seq <= {linkSeq:UInt64} AND sipHash64(post_id) % {parts:UInt32} = {part:UInt32}
            AND ({rootId:String} = '' OR root_id = {rootId:String})
        UNION ALL
        SELECT post_id AS id, false AS recount, cityHash64(root_id, generation, seq, link_seq) AS content
        FROM places
        WHERE link_seq <= {linkSeq:UInt64} AND sipHash64(post_id) % {parts:UInt32} = {part:UInt32}
            AND ({rootId:String} = '' OR root_id = {rootId:String})
    )
    GROUP BY id
    ORDER BY id
)
