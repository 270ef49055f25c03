-- What was last measured of some cascades.
-- params: rootIds · rows: rootId, structuralVirality, velocity
SELECT root_id AS rootId, structural_virality AS structuralVirality, velocity
FROM cascade_shapes FINAL
WHERE root_id IN {rootIds:Array(String)}
