-- Events that are in no number of what posts received, and whose they are, in a window of whole quarters of an hour.
-- params: fromMs, toMs · rows: events, accounts
SELECT sum(times) AS events, countIf(account_id != '') AS accounts
FROM
(
    SELECT account_id, sum(events) AS times
    FROM excluded_engagement
    WHERE quarter >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AND quarter < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
    GROUP BY account_id
    HAVING times > 0
)
