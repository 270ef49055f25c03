// The oldest entry of the log that is needed for a letter which has not been written.
// params: none · rows: entryId
MATCH (refusal:Refusal {told: false})
RETURN refusal.entryId AS entryId
ORDER BY refusal.acceptSeq LIMIT 1
