-- How many events that make posts were accepted in a stretch, bucket by bucket, and the sum of their numbers.
-- params: fromSeq, toSeq, size · rows: bucket, posts, sums
SELECT intDiv(accept_seq - 1, {size:UInt64}) AS bucket, count() AS posts, sum(accept_seq) AS sums
FROM events
WHERE event_name IN ('post_created', 'post_share') AND accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
GROUP BY bucket
