-- The newest generation of a cascade that was ever begun or let count, finished or not: the next one has to be greater.
-- params: rootId · rows: generation
SELECT greatest(
    (SELECT max(lineage.generation) FROM lineage WHERE root_id = {rootId:String}),
    (SELECT max(lineage_generations.generation) FROM lineage_generations WHERE root_id = {rootId:String})
) AS generation
