// The posts of the events accepted in a stretch, and the events that the graph refused.
// params: fromSeq, toSeq · rows: acceptSeq, postId, isRefused
MATCH (post:Post)
WHERE post.acceptSeq >= $fromSeq AND post.acceptSeq <= $toSeq
RETURN post.acceptSeq AS acceptSeq, post.id AS postId, false AS isRefused
UNION ALL
MATCH (refusal:Refusal)
WHERE refusal.acceptSeq >= $fromSeq AND refusal.acceptSeq <= $toSeq
RETURN refusal.acceptSeq AS acceptSeq, coalesce(refusal.postId, '') AS postId, true AS isRefused
