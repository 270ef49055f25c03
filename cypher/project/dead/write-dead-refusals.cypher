// Items the graph cannot take, until their letters are written and, one day, replayed.
// params: refusals · rows: none
UNWIND $refusals AS row
MERGE (refusal:Refusal {acceptSeq: row.acceptSeq})
SET refusal.eventId = row.eventId, refusal.postId = row.postId, refusal.code = row.code,
  refusal.status = 'deadLettered', refusal.reason = row.reason, refusal.entryId = row.entryId,
  refusal.diedAt = row.diedAt, refusal.told = false
