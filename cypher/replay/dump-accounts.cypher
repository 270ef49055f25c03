// A page of accounts in the order of their ids, each with the last word on whom it follows.
// params: after, limit · rows: id, follows
MATCH (account:Account)
WHERE account.id > $after
WITH account ORDER BY account.id LIMIT $limit
RETURN account.id AS id,
  [(account)-[word:FOLLOWS|UNFOLLOWED]->(target) | [target.id, type(word), word.at, word.eventId]] AS follows
ORDER BY id
