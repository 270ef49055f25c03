// Events the graph could not take, kept so that their receipt can say so.
// params: refusals · rows: none
UNWIND $refusals AS row
MERGE (refusal:Refusal {acceptSeq: row.acceptSeq})
SET refusal.eventId = row.eventId, refusal.postId = row.postId, refusal.code = row.code
