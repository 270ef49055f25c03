-- From when on all events are there by their own times, as some from before have expired; 0 where none has.
-- params: none · rows: wholeFromMs
SELECT if(count() = 0, 0, toUnixTimestamp64Milli(max(accepted_at)) + 86400000) AS wholeFromMs
FROM outcomes
WHERE status = 'expired'
