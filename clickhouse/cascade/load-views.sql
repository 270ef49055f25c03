-- Who saw which posts of one cascade, and when first; viewers are numbered, those who shared have their account's number.
-- params: rootId, generation, posts, limit · rows: viewer, account, seq, timeMs
WITH
    cascade AS
    (
        SELECT post_id, seq, account_id, account_ord
        FROM lineage
        WHERE root_id = {rootId:String} AND generation = {generation:UInt32} AND seq < {posts:UInt32}
    ),
    seen AS
    (
        SELECT e.account_id AS viewer_id, c.seq AS seq, min(e.timestamp) AS first_at
        FROM events AS e
        INNER JOIN cascade AS c ON c.post_id = e.post_id
        WHERE e.event_name = 'post_view' AND e.post_id IN (SELECT post_id FROM cascade)
        GROUP BY viewer_id, seq
        LIMIT {limit:UInt32}
    ),
    viewers AS
    (
        SELECT viewer_id, toUInt32(rowNumberInAllBlocks()) AS viewer
        FROM (SELECT DISTINCT viewer_id FROM seen)
    ),
    sharers AS
    (
        SELECT account_id, toNullable(any(account_ord)) AS account_ord
        FROM cascade
        GROUP BY account_id
    )
SELECT
    v.viewer AS viewer,
    ifNull(a.account_ord, 4294967295) AS account,
    s.seq AS seq,
    toFloat64(toUnixTimestamp64Milli(s.first_at)) AS timeMs
FROM seen AS s
INNER JOIN viewers AS v ON v.viewer_id = s.viewer_id
LEFT JOIN sharers AS a ON a.account_id = s.viewer_id
