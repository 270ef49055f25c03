-- The facts of one partition, each accept number once, without those that are written anew from the log.
-- params: partition, without · rows: none
INSERT INTO events_fresh
SELECT * FROM events
WHERE _partition_id = {partition:String} AND accept_seq NOT IN {without:Array(UInt64)}
ORDER BY accept_seq
LIMIT 1 BY accept_seq
