// How many posts the graph has of the events accepted in a stretch, bucket by bucket, and the sum of their numbers.
// params: fromSeq, toSeq, size · rows: bucket, posts, sums
MATCH (post:Post)
WHERE post.acceptSeq >= $fromSeq AND post.acceptSeq <= $toSeq
RETURN (post.acceptSeq - 1) / $size AS bucket, count(*) AS posts, sum(post.acceptSeq) AS sums
