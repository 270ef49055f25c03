-- Deletes the rows of a month's events that have expired by the books. Waits until it is done.
-- params: partition, fromSeq, toSeq · rows: none
ALTER TABLE events DELETE IN PARTITION ID {partition:String}
WHERE accept_seq IN
(
    SELECT accept_seq
    FROM outcomes
    WHERE status = 'expired' AND accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
)
SETTINGS mutations_sync = 2
