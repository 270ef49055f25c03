-- The first minute of the copied books; 0 where nothing has been copied.
-- params: none · rows: minuteMs
SELECT toUnixTimestamp(min(minute)) * 1000 AS minuteMs
FROM ledger
