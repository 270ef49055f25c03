-- The rollup of cascades against lineage, one part of all roots at a time; one cascade where a root is named.
-- params: parts, part, rootId, maxExamples · rows: looked, differing, examples
SELECT
    countIf(recounted != '') AS looked,
    countIf(recounted != kept) AS differing,
    groupArrayIf({maxExamples:UInt32})((id, recounted, kept), recounted != kept) AS examples
FROM
(
    SELECT id, generation, maxIf(told, recount) AS recounted, maxIf(told, NOT recount) AS kept
    FROM
    (
        SELECT
            lineage.root_id AS id,
            lineage.generation AS generation,
            true AS recount,
            toString((
                count(),
                uniqExact(lineage.account_id),
                max(lineage.depth),
                max(if(lineage.depth = 0, lineage.account_id, '')),
                maxIf(toNullable(lineage.shared_at), lineage.depth = 0 AND lineage.shared_at > toDateTime64(0, 3, 'UTC')),
                maxIf(toNullable(lineage.shared_at), lineage.depth > 0),
                max(lineage.accept_seq),
                max(lineage.link_seq)
            )) AS told
        FROM lineage
        WHERE sipHash64(lineage.root_id) % {parts:UInt32} = {part:UInt32}
            AND ({rootId:String} = '' OR lineage.root_id = {rootId:String})
        GROUP BY id, generation
        UNION ALL
        SELECT
            cascades.root_id AS id,
            cascades.generation AS generation,
            false AS recount,
            toString((
                sum(cascades.posts),
                toUInt64(max(cascades.accounts)),
                max(cascades.depth),
                max(cascades.author_id),
                max(cascades.created_at),
                max(cascades.last_share_at),
                max(cascades.accept_seq),
                max(cascades.link_seq)
            )) AS told
        FROM cascades
        WHERE sipHash64(cascades.root_id) % {parts:UInt32} = {part:UInt32}
            AND ({rootId:String} = '' OR cascades.root_id = {rootId:String})
        GROUP BY id, generation
    )
    GROUP BY id, generation
    ORDER BY id, generation
)
