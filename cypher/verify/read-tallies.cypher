// What the graph counted of the items of each minute.
// params: fromMs, toMs · rows: minuteMs, stored, notForThisStore, lateDuplicate, lateConflict, deadLettered, seq
MATCH (tally:Tally)
WHERE tally.minuteMs >= $fromMs AND tally.minuteMs < $toMs
RETURN tally.minuteMs AS minuteMs, coalesce(tally.stored, 0) AS stored,
  coalesce(tally.notForThisStore, 0) AS notForThisStore, coalesce(tally.lateDuplicate, 0) AS lateDuplicate,
  coalesce(tally.lateConflict, 0) AS lateConflict, coalesce(tally.deadLettered, 0) AS deadLettered,
  coalesce(tally.seq, 0) AS seq
ORDER BY minuteMs
