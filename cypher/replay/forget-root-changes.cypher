// Forgets marks of cascades to write anew, a bounded number at a time.
// params: limit · rows: forgotten
MATCH (change:RootChange)
WITH change LIMIT $limit
DELETE change
RETURN count(*) AS forgotten
