-- The numbers accounts already have in their cascades.
-- params: rootIds, accountIds · rows: rootId, generation, accountId, accountOrd
SELECT root_id AS rootId, generation, account_id AS accountId, any(account_ord) AS accountOrd
FROM lineage
WHERE root_id IN {rootIds:Array(String)} AND account_id IN {accountIds:Array(String)}
GROUP BY root_id, generation, account_id
