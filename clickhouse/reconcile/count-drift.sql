-- How far the stores are apart by the last comparison of each cascade.
-- params: none · rows: driftShares, driftRoots
SELECT sum(abs(drift)) AS driftShares, countIf(graph_digest != facts_digest) AS driftRoots
FROM reconciliations FINAL
