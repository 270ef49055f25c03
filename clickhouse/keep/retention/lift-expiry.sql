-- Says no more that events of a month have expired whose rows are there. Waits until it is done.
-- params: partition · rows: none
ALTER TABLE outcomes DELETE
WHERE status = 'expired' AND accept_seq IN (SELECT accept_seq FROM events WHERE _partition_id = {partition:String})
SETTINGS mutations_sync = 2
