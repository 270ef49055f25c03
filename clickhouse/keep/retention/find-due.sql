-- Months of acceptance that hold events of some kinds from before a time, of each kind its own.
-- params: eventNames, beforeMs · rows: partition, events
SELECT _partition_id AS partition, count() AS events
FROM events
WHERE event_name IN {eventNames:Array(String)}
    AND toUnixTimestamp64Milli(accepted_at) < transform(toString(event_name), {eventNames:Array(String)}, {beforeMs:Array(Int64)}, toInt64(0))
GROUP BY partition
ORDER BY partition
