// What the graph took of the items accepted in one minute, counted in the transactions that took them.
// params: none · rows: none
CREATE CONSTRAINT tally_minute IF NOT EXISTS FOR (tally:Tally) REQUIRE tally.minuteMs IS UNIQUE
