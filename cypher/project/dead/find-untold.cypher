// All items of the oldest entry whose letters have not been written.
// params: none · rows: acceptSeq, eventId, postId, code, reason, entryId, diedAt
MATCH (refusal:Refusal {told: false})
WITH refusal ORDER BY refusal.acceptSeq
WITH collect(refusal) AS untold
WITH untold, head(untold).entryId AS oldest
UNWIND untold AS refusal
WITH refusal WHERE refusal.entryId = oldest
RETURN refusal.acceptSeq AS acceptSeq, refusal.eventId AS eventId, refusal.postId AS postId, refusal.code AS code,
  refusal.reason AS reason, refusal.entryId AS entryId, refusal.diedAt AS diedAt
ORDER BY acceptSeq
