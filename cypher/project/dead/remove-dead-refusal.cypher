// Forgets that an item was dead, and says whether it was.
// params: acceptSeq · rows: removed
MATCH (refusal:Refusal {acceptSeq: $acceptSeq})
WHERE refusal.status = 'deadLettered'
DELETE refusal
RETURN count(*) AS removed
