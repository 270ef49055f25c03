-- What the facts say of some cascades' shares below a watermark. Parents and times are the facts' own, hashes are made here
-- from the ids; lineage only says which shares belong to the cascade and how deep they stand.
-- params: rootIds, acceptSeq, linkSeq · rows: rootId, shares, ids, edges, depths, times, weights
WITH
    places AS
    (
        SELECT l.root_id AS root_id, l.post_id AS post_id, l.accept_seq AS accept_seq, l.depth AS depth
        FROM lineage AS l
        LEFT JOIN
        (
            SELECT root_id, max(lineage_generations.generation) AS current
            FROM lineage_generations
            WHERE root_id IN {rootIds:Array(String)}
            GROUP BY root_id
        ) AS g ON g.root_id = l.root_id
        WHERE l.root_id IN {rootIds:Array(String)}
            AND l.generation = g.current
            AND l.depth > 0
            AND l.link_seq <= {linkSeq:UInt64}
            AND l.accept_seq <= {acceptSeq:UInt64}
    ),
    told AS
    (
        SELECT
            share_id,
            accept_seq,
            toUInt64(bitAnd(murmurHash3_32(share_id), 2147483647)) AS h1,
            toUInt64(bitAnd(CRC32(parent_id), 2147483647)) AS h2,
            toUInt64(toUnixTimestamp64Milli(shared_at)) AS shared_ms,
            -- In millionths; a share without a weight counts as something that no weight comes to.
            toUInt64(ifNull(floor(confidence * 1000000 + 0.5), 1000003)) AS weight
        FROM shares
        -- In any generation: a share more is joined by nothing.
        WHERE share_id IN (SELECT post_id FROM lineage WHERE root_id IN {rootIds:Array(String)})
    )
SELECT
    places.root_id AS rootId,
    count() AS shares,
    toString(sum(told.h1)) AS ids,
    toString(sum((told.h1 * told.h2) % 2147483647)) AS edges,
    toString(sum((told.h1 * (toUInt64(places.depth) + 1)) % 2147483647)) AS depths,
    toString(sum((told.h1 * (told.shared_ms % 2147483647)) % 2147483647)) AS times,
    toString(sum((told.h1 * (told.weight + told.shared_ms % 2147483647)) % 2147483647)) AS weights
FROM places
INNER JOIN told ON told.share_id = places.post_id AND told.accept_seq = places.accept_seq
GROUP BY places.root_id
