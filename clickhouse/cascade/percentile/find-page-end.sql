-- Where a page of some cascades ends that begins after an id; none where no more than that are left.
-- params: afterRootId, roots · rows: rootId
SELECT root_id AS rootId
FROM cascades
WHERE root_id > {afterRootId:String}
ORDER BY root_id
LIMIT 1 OFFSET {roots:UInt32}
