// Which of these items the graph still has as dead.
// params: acceptSeqs · rows: acceptSeq
UNWIND $acceptSeqs AS acceptSeq
MATCH (refusal:Refusal {acceptSeq: acceptSeq})
WHERE refusal.status = 'deadLettered'
RETURN refusal.acceptSeq AS acceptSeq
