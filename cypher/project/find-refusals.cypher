// What the graph refused of one request, for its receipt.
// params: firstSeq, lastSeq · rows: acceptSeq, eventId, code
MATCH (refusal:Refusal)
WHERE refusal.acceptSeq >= $firstSeq AND refusal.acceptSeq <= $lastSeq
RETURN refusal.acceptSeq AS acceptSeq, refusal.eventId AS eventId, refusal.code AS code
ORDER BY acceptSeq
