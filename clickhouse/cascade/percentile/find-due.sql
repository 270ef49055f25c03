-- Cascades that are not as they were measured: grown, written anew, never measured, or gone (then they have 0 posts).
-- `states` is what of them counts now, as inserted. After a link number above 0 only cascades that lineage touched later.
-- In the order of their ids, so that one can go on after the last; an empty upper end is none.
-- params: afterRootId, upToRootId, afterLinkSeq, limit · rows: rootId, generation, posts, states
SELECT rootId, generation, posts, states
FROM
(
    SELECT
        root_id AS rootId,
        max(present_generation) AS generation,
        sum(present) AS posts,
        CAST(
            groupArrayIf(state_values, sign != 0)
            AS Array(Tuple(
                band UInt8, generation UInt32, posts UInt32, depth UInt32, maxBreadth UInt32,
                structuralVirality Nullable(Float64), velocity UInt32, measuredAtMs Int64, batch UInt64, sign Int8
            ))
        ) AS states
    FROM
    (
        SELECT
            root_id,
            cascades.posts AS present,
            cascades.generation AS present_generation,
            0 AS measured,
            0 AS measured_generation,
            0 AS sign,
            (0, 0, 0, 0, 0, NULL, 0, 0, 0, 0) AS state_values
        FROM cascades FINAL
        WHERE root_id > {afterRootId:String} AND ({upToRootId:String} = '' OR root_id <= {upToRootId:String})
            AND ({afterLinkSeq:UInt64} = 0 OR root_id IN
                (SELECT root_id FROM cascades WHERE {afterLinkSeq:UInt64} > 0 AND link_seq > {afterLinkSeq:UInt64}))
            AND ((cascades.generation = 0 AND root_id NOT IN (SELECT root_id FROM lineage_generations))
                OR (root_id, cascades.generation) IN
                (SELECT root_id, max(lineage_generations.generation) FROM lineage_generations GROUP BY root_id))
        UNION ALL
        SELECT
            root_id,
            0 AS present,
            0 AS present_generation,
            toInt64(cascade_shapes.posts) * cascade_shapes.sign AS measured,
            toInt64(cascade_shapes.generation) * cascade_shapes.sign AS measured_generation,
            cascade_shapes.sign AS sign,
            (
                band, cascade_shapes.generation, cascade_shapes.posts, depth, max_breadth,
                structural_virality, velocity, toUnixTimestamp64Milli(measured_at), batch, cascade_shapes.sign
            ) AS state_values
        FROM cascade_shapes FINAL
        WHERE root_id > {afterRootId:String} AND ({upToRootId:String} = '' OR root_id <= {upToRootId:String})
            AND ({afterLinkSeq:UInt64} = 0 OR root_id IN
                (SELECT root_id FROM cascades WHERE {afterLinkSeq:UInt64} > 0 AND link_seq > {afterLinkSeq:UInt64}))
    )
    GROUP BY root_id
    HAVING posts != sum(measured) OR generation != sum(measured_generation) OR sum(sign) != (posts > 0)
)
ORDER BY rootId
LIMIT {limit:UInt32}
