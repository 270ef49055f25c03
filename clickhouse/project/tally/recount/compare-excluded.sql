-- Rows and a checksum of what is excluded in a month as it is kept, and as it was counted anew.
-- params: month · rows: kept, counted
SELECT
    (
        SELECT concat(toString(count()), ' ', toString(sum(cityHash64(*))))
        FROM
        (
            SELECT quarter, event_name, account_id, sum(events) AS times
            FROM excluded_engagement WHERE toYYYYMM(quarter) = {month:UInt32} GROUP BY quarter, event_name, account_id HAVING times != 0
        )
    ) AS kept,
    (
        SELECT concat(toString(count()), ' ', toString(sum(cityHash64(*))))
        FROM
        (
            SELECT quarter, event_name, account_id, sum(events) AS times
            FROM excluded_engagement_recount WHERE toYYYYMM(quarter) = {month:UInt32} GROUP BY quarter, event_name, account_id HAVING times != 0
        )
    ) AS counted
