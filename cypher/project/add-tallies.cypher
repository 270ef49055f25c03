// Adds to what the graph took of the items of some minutes.
// params: tallies · rows: none
UNWIND $tallies AS row
MERGE (tally:Tally {minuteMs: row.minuteMs})
SET tally.stored = coalesce(tally.stored, 0) + row.stored,
  tally.notForThisStore = coalesce(tally.notForThisStore, 0) + row.notForThisStore,
  tally.lateDuplicate = coalesce(tally.lateDuplicate, 0) + row.lateDuplicate,
  tally.lateConflict = coalesce(tally.lateConflict, 0) + row.lateConflict,
  tally.deadLettered = coalesce(tally.deadLettered, 0) + row.deadLettered,
  tally.seq = CASE WHEN row.seq > coalesce(tally.seq, 0) THEN row.seq ELSE tally.seq END
