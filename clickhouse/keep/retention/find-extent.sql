-- The accept numbers that one month of events reaches over, zeros where it has none.
-- params: partition · rows: fromSeq, toSeq
SELECT min(accept_seq) AS fromSeq, max(accept_seq) AS toSeq
FROM events
WHERE _partition_id = {partition:String}
