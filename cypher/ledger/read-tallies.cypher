// What the graph counted of each minute's events, and how far into the minute.
// params: fromMs, toMs · rows: minuteMs, seq, stored, notForThisStore, lateDuplicate, lateConflict, deadLettered
MATCH (tally:Tally)
WHERE tally.minuteMs >= $fromMs AND tally.minuteMs < $toMs
RETURN tally.minuteMs AS minuteMs, coalesce(tally.seq, 0) AS seq, coalesce(tally.stored, 0) AS stored,
  coalesce(tally.notForThisStore, 0) AS notForThisStore, coalesce(tally.lateDuplicate, 0) AS lateDuplicate,
  coalesce(tally.lateConflict, 0) AS lateConflict, coalesce(tally.deadLettered, 0) AS deadLettered
