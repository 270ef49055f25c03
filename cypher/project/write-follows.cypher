// The last word on each pair: FOLLOWS, or UNFOLLOWED so that an older follow that comes later does not count.
// params: follows · rows: none
UNWIND $follows AS row
MATCH (account:Account {id: row.accountId})
MATCH (target:Account {id: row.targetAccountId})
OPTIONAL MATCH (account)-[known:FOLLOWS|UNFOLLOWED]->(target)
WITH row, account, target, known
WHERE known IS NULL OR known.at < row.at OR (known.at = row.at AND known.eventId < row.eventId)
DELETE known
FOREACH (_ IN CASE WHEN row.follows THEN [1] ELSE [] END |
  CREATE (account)-[:FOLLOWS {at: row.at, eventId: row.eventId}]->(target))
FOREACH (_ IN CASE WHEN row.follows THEN [] ELSE [1] END |
  CREATE (account)-[:UNFOLLOWED {at: row.at, eventId: row.eventId}]->(target))
