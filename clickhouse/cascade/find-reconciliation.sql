-- The last comparison of one cascade between graph and facts.
-- params: rootId · rows: graphShares, factsShares, drift, acceptedAtMs, reconciledAtMs
SELECT
    graph_shares AS graphShares,
    facts_shares AS factsShares,
    drift,
    toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs,
    toUnixTimestamp64Milli(reconciled_at) AS reconciledAtMs
FROM reconciliations
WHERE root_id = {rootId:String}
ORDER BY reconciled_at DESC
LIMIT 1
SETTINGS max_threads = 1
