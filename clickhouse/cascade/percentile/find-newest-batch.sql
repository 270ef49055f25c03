-- The newest batch of measured cascades and when it was written; 0 before the first one.
-- params: none · rows: batch, measuredAtMs
SELECT max(cascade_shapes.batch) AS batch, toUnixTimestamp64Milli(max(measured_at)) AS measuredAtMs
FROM cascade_shapes
WHERE band = 255 AND root_id = ''
