-- Cascades by shares, depth or last share, the greatest first, ties by root id in byte order, after the last one seen.
-- Times are epoch milliseconds; a root whose own event has not come yet has no author and no time of creation.
-- params: sort, fromMs, toMs, minShares, authorId, afterRank, afterRootId, limit · rows: rootPostId, authorId, createdAtMs, shares, accounts, depth, lastShareAtMs, rank, total
WITH
    generations AS
    (
        SELECT root_id, max(generation) AS current
        FROM lineage_generations
        GROUP BY root_id
    ),
    every_cascade AS
    (
        SELECT
            root_id AS rootPostId,
            nullIf(max(author_id), '') AS authorId,
            toUnixTimestamp64Milli(max(created_at)) AS createdAtMs,
            sum(posts) - 1 AS shares,
            max(accounts) - isNull(authorId) AS accounts,
            max(depth) AS depth,
            toUnixTimestamp64Milli(max(last_share_at)) AS lastShareAtMs
        FROM cascades
        LEFT JOIN generations USING (root_id)
        WHERE generation = current
        GROUP BY root_id
    ),
    asked AS
    (
        SELECT
            *,
            toInt64(multiIf({sort:String} = 'depth', depth, {sort:String} = 'lastShareAt', ifNull(lastShareAtMs, 0), shares)) AS rank,
            count() OVER () AS total
        FROM every_cascade
        WHERE shares >= {minShares:UInt64}
            AND ({fromMs:Nullable(Int64)} IS NULL OR createdAtMs >= {fromMs:Nullable(Int64)})
            AND ({toMs:Nullable(Int64)} IS NULL OR createdAtMs < {toMs:Nullable(Int64)})
            AND ({authorId:Nullable(String)} IS NULL OR authorId = {authorId:Nullable(String)})
    )
SELECT rootPostId, authorId, createdAtMs, shares, accounts, depth, lastShareAtMs, rank, total
FROM asked
WHERE rank < {afterRank:Int64} OR (rank = {afterRank:Int64} AND rootPostId > {afterRootId:String})
ORDER BY rank DESC, rootPostId
LIMIT {limit:UInt32}
