-- How far the stores are apart by the last comparison of each cascade, and how many cascades lineage has.
-- params: none · rows: driftShares, driftRoots, roots
SELECT
    (SELECT sum(abs(drift)) FROM reconciliations FINAL) AS driftShares,
    (SELECT countIf(graph_digest != facts_digest) FROM reconciliations FINAL) AS driftRoots,
    (SELECT uniqExact(root_id) FROM cascades) AS roots
