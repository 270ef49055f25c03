-- How many measured cascades of a band there are, how many of them besides this one, and of those how many do not exceed
-- its values. Both parts are read from one snapshot, so that a new measurement of it in between cannot count twice.
-- params: band, rootId, depth, maxBreadth, structuralVirality · rows: measured, others, notDeeper, notBroader, notMoreViral, measuredAtMs
SELECT
    sumIf(cascades, NOT own) AS measured,
    sum(cascades) AS others,
    sumIf(cascades, counted.depth <= {depth:UInt32}) AS notDeeper,
    sumIf(cascades, max_breadth <= {maxBreadth:UInt32}) AS notBroader,
    sumIf(cascades, structural_virality <= {structuralVirality:Nullable(Float64)}) AS notMoreViral,
    (SELECT toUnixTimestamp64Milli(max(measured_at)) FROM cascade_shapes WHERE band = 255 AND root_id = '') AS measuredAtMs
FROM
(
    SELECT false AS own, cascade_shapes.depth AS depth, max_breadth, structural_virality, sum(sign) AS cascades
    FROM cascade_shapes
    WHERE band = {band:UInt8}
    GROUP BY cascade_shapes.depth, max_breadth, structural_virality
    UNION ALL
    SELECT true AS own, cascade_shapes.depth AS depth, max_breadth, structural_virality, -sum(sign) AS cascades
    FROM cascade_shapes
    WHERE band = {band:UInt8} AND root_id = {rootId:String}
    GROUP BY cascade_shapes.depth, max_breadth, structural_virality
) AS counted
SETTINGS enable_shared_storage_snapshot_in_query = 1
