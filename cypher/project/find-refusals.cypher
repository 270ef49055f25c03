// What the graph refused of one request, or could not take, for its receipt.
// params: firstSeq, lastSeq · rows: acceptSeq, eventId, code, status
MATCH (refusal:Refusal)
WHERE refusal.acceptSeq >= $firstSeq AND refusal.acceptSeq <= $lastSeq
RETURN refusal.acceptSeq AS acceptSeq, refusal.eventId AS eventId, refusal.code AS code,
  coalesce(refusal.status, 'lateConflict') AS status
ORDER BY acceptSeq
