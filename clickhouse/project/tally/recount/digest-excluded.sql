-- Rows and a checksum of what is excluded in a month, differences added up and without those that come to nothing.
-- params: month · rows: digest
SELECT concat(toString(count()), ' ', toString(sum(cityHash64(*)))) AS digest
FROM
(
    SELECT quarter, event_name, account_id, sum(events) AS times
    FROM {{table}}
    WHERE toYYYYMM(quarter) = {month:UInt32}
    GROUP BY quarter, event_name, account_id
    HAVING times != 0
)
