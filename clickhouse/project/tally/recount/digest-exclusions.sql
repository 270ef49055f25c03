-- How many accounts are excluded, and a checksum of who they are.
-- params: none · rows: digest
SELECT concat(toString(count()), ' ', toString(sum(cityHash64(account_id)))) AS digest
FROM (SELECT account_id FROM {{table}} GROUP BY account_id HAVING argMax(is_excluded, counted_to))
