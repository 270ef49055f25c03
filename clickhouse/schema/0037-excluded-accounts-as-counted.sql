-- Accounts whose events are excluded from engagement, as the tally has last read it from what was said of them: internal
-- ones, test accounts and bots, each as the latest word on it says.
-- params: none · rows: none
CREATE OR REPLACE VIEW excluded_accounts {{cluster}} AS
SELECT account_id
FROM exclusions
GROUP BY account_id
HAVING argMax(is_excluded, counted_to)
