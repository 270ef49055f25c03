-- How many rows one partition of a table has, and how many accept numbers.
-- params: table, partition · rows: rows, numbers
SELECT count() AS rows, uniqExact(accept_seq) AS numbers
FROM {table:Identifier}
WHERE _partition_id = {partition:String}
