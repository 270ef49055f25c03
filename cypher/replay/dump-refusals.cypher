// A page of what the graph refused, in accept order.
// params: after, limit · rows: acceptSeq, eventId, postId, code, status
MATCH (refusal:Refusal)
WHERE refusal.acceptSeq > $after
WITH refusal ORDER BY refusal.acceptSeq LIMIT $limit
RETURN refusal.acceptSeq AS acceptSeq, refusal.eventId AS eventId, refusal.postId AS postId, refusal.code AS code,
  coalesce(refusal.status, 'lateConflict') AS status
ORDER BY acceptSeq
