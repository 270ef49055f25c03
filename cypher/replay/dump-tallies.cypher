// A page of the graph's own count of what it did with the items of each minute.
// params: after, limit · rows: minuteMs, stored, notForThisStore, lateDuplicate, lateConflict, deadLettered, seq
MATCH (tally:Tally)
WHERE tally.minuteMs > $after
WITH tally ORDER BY tally.minuteMs LIMIT $limit
RETURN tally.minuteMs AS minuteMs, coalesce(tally.stored, 0) AS stored,
  coalesce(tally.notForThisStore, 0) AS notForThisStore, coalesce(tally.lateDuplicate, 0) AS lateDuplicate,
  coalesce(tally.lateConflict, 0) AS lateConflict, coalesce(tally.deadLettered, 0) AS deadLettered, tally.seq AS seq
ORDER BY minuteMs
