-- Whether any event is by the account or about it.
-- params: accountId · rows: known
SELECT count() > 0 AS known
FROM
(
    SELECT 1
    FROM events
    WHERE account_id = {accountId:String} OR target_account_id = {accountId:String}
    LIMIT 1
)
