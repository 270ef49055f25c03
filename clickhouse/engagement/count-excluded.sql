-- Events of some kinds that are in no other number, and whose they are: internal ones, and those of accounts that are excluded.
-- params: eventNames, fromMs, toMs · rows: events, accounts
SELECT
    count() AS events,
    uniqExactIf(e.account_id, e.account_id != '') AS accounts
FROM events AS e
WHERE e.event_name IN {eventNames:Array(String)}
    AND e.accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64} - 600000, 'UTC')
    AND e.timestamp >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
    AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
    AND (e.is_internal OR e.account_id IN (SELECT account_id FROM excluded_accounts))
