// What the graph did not take, in accept order, some at a time.
// params: after, limit · rows: acceptSeq, eventId, postId, code, status, told
MATCH (refusal:Refusal)
WHERE refusal.acceptSeq > $after
RETURN refusal.acceptSeq AS acceptSeq, refusal.eventId AS eventId, refusal.postId AS postId, refusal.code AS code,
  refusal.status AS status, refusal.told AS told
ORDER BY acceptSeq LIMIT $limit
