-- The facts of one partition, each accept number once, without those that are written anew from the log. Of rows that are
-- different events, the one stays that was known by its id before.
-- params: partition, without · rows: none
INSERT INTO events_fresh
SELECT * FROM events
WHERE _partition_id = {partition:String} AND accept_seq NOT IN {without:Array(UInt64)}
ORDER BY accept_seq, (sipHash128(event_id), digest, accept_seq) IN (SELECT id_hash, digest, accept_seq FROM event_ids) DESC
LIMIT 1 BY accept_seq
