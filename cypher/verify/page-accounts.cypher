// All accounts in the order of their ids, some at a time, with whom they follow or no longer follow.
// params: after, limit · rows: id, follows
MATCH (account:Account)
WHERE account.id > $after
WITH account ORDER BY account.id LIMIT $limit
RETURN account.id AS id,
  [(account)-[edge:FOLLOWS|UNFOLLOWED]->(target) | {
    targetId: target.id, follows: type(edge) = 'FOLLOWS', at: edge.at, eventId: edge.eventId
  }] AS follows
ORDER BY id
