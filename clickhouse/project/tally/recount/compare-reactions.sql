-- Rows and a checksum of the likes and saves as they are kept, and as the facts up to an accept number have them.
-- What has expired from the facts is known here alone, so only what is from `wholeFromMs` on is compared.
-- params: toSeq, wholeFromMs · rows: kept, counted
SELECT
    (
        SELECT concat(toString(count()), ' ', toString(sum(cityHash64(event_name, post_id, account_id, timestamp, event_id, is_on, accept_seq))))
        FROM reactions
        WHERE timestamp >= fromUnixTimestamp64Milli({wholeFromMs:Int64}, 'UTC')
    ) AS kept,
    (
        SELECT concat(toString(count()), ' ', toString(sum(cityHash64(event_name, post_id, account_id, timestamp, event_id, action IN ('like', 'save'), accept_seq))))
        FROM events
        WHERE event_name IN ('post_like', 'post_save') AND NOT is_internal AND accept_seq <= {toSeq:UInt64}
            AND timestamp >= fromUnixTimestamp64Milli({wholeFromMs:Int64}, 'UTC')
    ) AS counted
