// How many posts the graph refused because their id was taken, by minute. An event that waits as a dead letter is that.
// params: runs, dead · rows: minuteMs, refusals
UNWIND $runs AS run
MATCH (refusal:Refusal)
WHERE refusal.acceptSeq >= run.first AND refusal.acceptSeq <= run.last
  AND coalesce(refusal.status, 'lateConflict') = 'lateConflict' AND NOT refusal.acceptSeq IN $dead
RETURN run.minuteMs AS minuteMs, count(refusal) AS refusals
