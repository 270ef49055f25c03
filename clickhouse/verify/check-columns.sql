-- Events about posts whose columns say something else than the data that was sent.
-- params: firstSeq, lastSeq, maxExamples · rows: looked, differing, examples
SELECT
    count() AS looked,
    countIf(columns != sent) AS differing,
    groupArrayIf({maxExamples:UInt32})((event_id, toString(sent), toString(columns)), columns != sent) AS examples
FROM
(
    SELECT
        event_id,
        [post_id, share_id, root_hint] AS columns,
        arrayMap(name -> JSONExtractString(data, name), ['postId', 'shareId', 'rootPostId']) AS sent
    FROM events
    WHERE event_name IN ('post_created', 'post_share', 'post_deleted')
        AND accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
)
