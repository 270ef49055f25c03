-- The events of an archive whose accept numbers the facts do not hold.
-- params: partition · rows: none
INSERT INTO events_restored
SELECT *
FROM events_archived
WHERE _partition_id = {partition:String}
    AND accept_seq NOT IN (SELECT accept_seq FROM events WHERE _partition_id = {partition:String})
