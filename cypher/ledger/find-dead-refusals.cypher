// Events that the graph could not take and that wait to be tried again.
// params: firstSeq, lastSeq · rows: seq
MATCH (refusal:Refusal)
WHERE refusal.acceptSeq >= $firstSeq AND refusal.acceptSeq <= $lastSeq AND refusal.status = 'deadLettered'
RETURN refusal.acceptSeq AS seq
