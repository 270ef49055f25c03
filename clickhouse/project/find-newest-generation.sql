-- The newest generation of a cascade that has rows, finished or not: the next one has to be greater.
-- params: rootId · rows: generation
SELECT max(generation) AS generation
FROM lineage
WHERE root_id = {rootId:String}
