// The letters of these items are written.
// params: acceptSeqs · rows: none
UNWIND $acceptSeqs AS acceptSeq
MATCH (refusal:Refusal {acceptSeq: acceptSeq})
SET refusal.told = true
