// Which of these accept numbers the graph refused or could not take: their events made no post.
// params: seqs · rows: acceptSeq
UNWIND $seqs AS seq
MATCH (refusal:Refusal {acceptSeq: seq})
RETURN refusal.acceptSeq AS acceptSeq
