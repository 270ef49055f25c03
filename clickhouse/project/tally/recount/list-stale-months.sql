-- Months to which facts were added behind the tally, and which were not counted anew since.
-- params: none · rows: month, toldAtMs
SELECT month, toUnixTimestamp64Milli(max(told_at)) AS toldAtMs
FROM stale_months
GROUP BY month
HAVING argMax(is_stale, (told_at, NOT is_stale))
ORDER BY month DESC
