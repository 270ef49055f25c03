-- Every column of the events of one month of acceptance.
-- params: partition · rows: none
SELECT *
FROM events
WHERE _partition_id = {partition:String}
