-- What ended otherwise than stored, each accept number once.
-- params: partition, without · rows: none
INSERT INTO outcomes_fresh
SELECT * FROM outcomes
WHERE _partition_id = {partition:String} AND accept_seq NOT IN {without:Array(UInt64)}
ORDER BY accept_seq
LIMIT 1 BY accept_seq
