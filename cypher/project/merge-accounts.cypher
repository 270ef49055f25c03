// The accounts of a batch, made where they are missing.
// params: accountIds · rows: none
UNWIND $accountIds AS accountId
MERGE (:Account {id: accountId})
