-- Cascades by what was last measured of them, structural virality or velocity, the greatest first, ties by root id in byte
-- order, after the last one seen. Those not measured yet, and lone roots, which have no virality, come last with rank -1.
-- The search is that of list-cascades.sql.
-- params: sort, fromMs, toMs, minShares, authorId, category, afterRank, afterRootId, limit · rows: rootPostId, authorId, createdAtMs, shares, accounts, depth, lastShareAtMs, structuralVirality, velocity, rank, total, notMeasured
WITH
    in_category AS
    (
        SELECT post_id
        FROM
        (
            SELECT post_id, event_name, timestamp, event_id, accept_seq, JSONExtractString(data, 'category') AS said
            FROM events
            WHERE {category:Nullable(String)} IS NOT NULL
                AND event_name IN ('post_created', 'post_updated') AND comment_id = ''
        )
        GROUP BY post_id
        HAVING if(
            countIf(event_name = 'post_updated' AND said != '') > 0,
            argMaxIf(said, (timestamp, event_id), event_name = 'post_updated' AND said != ''),
            argMinIf(said, accept_seq, event_name = 'post_created')
        ) = {category:Nullable(String)}
    ),
    asked AS
    (
        SELECT
            root_id AS rootPostId,
            nullIf(author_id, '') AS authorId,
            toUnixTimestamp64Milli(created_at) AS createdAtMs,
            posts - 1 AS shares,
            cascades.accounts - isNull(authorId) AS accounts,
            cascades.depth AS depth,
            toUnixTimestamp64Milli(last_share_at) AS lastShareAtMs
        FROM cascades FINAL
        WHERE ((generation = 0 AND root_id NOT IN (SELECT root_id FROM lineage_generations))
                OR (root_id, generation) IN
                (SELECT root_id, max(lineage_generations.generation) FROM lineage_generations GROUP BY root_id))
            AND shares >= {minShares:UInt64}
            AND ({fromMs:Nullable(Int64)} IS NULL OR createdAtMs >= {fromMs:Nullable(Int64)})
            AND ({toMs:Nullable(Int64)} IS NULL OR createdAtMs < {toMs:Nullable(Int64)})
            AND ({authorId:Nullable(String)} IS NULL OR authorId = {authorId:Nullable(String)})
            AND ({category:Nullable(String)} IS NULL OR root_id IN (SELECT post_id FROM in_category))
    ),
    measured AS
    (
        SELECT root_id, structural_virality AS structuralVirality, toNullable(cascade_shapes.velocity) AS velocity
        FROM cascade_shapes FINAL
        WHERE root_id != ''
    ),
    ranked AS
    (
        SELECT
            asked.*,
            measured.structuralVirality AS structuralVirality,
            measured.velocity AS velocity,
            ifNull(if({sort:String} = 'velocity', toFloat64(measured.velocity), measured.structuralVirality), -1) AS rank,
            count() OVER () AS total,
            countIf(measured.velocity IS NULL) OVER () AS notMeasured
        FROM asked
        LEFT JOIN measured ON measured.root_id = asked.rootPostId
    )
SELECT
    rootPostId, authorId, createdAtMs, shares, accounts, depth, lastShareAtMs,
    structuralVirality, velocity, rank, total, notMeasured
FROM ranked
WHERE rank < {afterRank:Float64} OR (rank = {afterRank:Float64} AND rootPostId > {afterRootId:String})
ORDER BY rank DESC, rootPostId
LIMIT {limit:UInt32}
