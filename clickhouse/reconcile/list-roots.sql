-- Cascades that lineage has, in the order of their ids, within a range; an empty upper end is none.
-- params: after, upTo, limit · rows: rootId
SELECT DISTINCT root_id AS rootId
FROM cascades
WHERE root_id > {after:String} AND ({upTo:String} = '' OR root_id <= {upTo:String})
ORDER BY rootId
LIMIT {limit:UInt32}
