-- Cascades on which the stores did not agree when they were last compared.
-- params: limit · rows: rootId
SELECT root_id AS rootId
FROM reconciliations FINAL
WHERE graph_digest != facts_digest
ORDER BY rootId
LIMIT {limit:UInt32}
