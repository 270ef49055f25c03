-- Repairs, the latest first, after the last one seen; of one run where that is named.
-- params: runId, beforeMs, beforeKey, limit · rows: runId, repairedAtMs, dryRun, kind, target, source, subject, detail, graphBefore, factsBefore, graphAfter, factsAfter, key, total
SELECT *
FROM
(
    SELECT
        run_id AS runId,
        toUnixTimestamp64Milli(repaired_at) AS repairedAtMs,
        dry_run AS dryRun,
        kind,
        target,
        source,
        subject,
        detail,
        graph_before AS graphBefore,
        facts_before AS factsBefore,
        graph_after AS graphAfter,
        facts_after AS factsAfter,
        concat(run_id, ' ', target, ' ', kind, ' ', subject) AS key,
        count() OVER () AS total
    FROM repairs
    WHERE {runId:String} = '' OR run_id = {runId:String}
)
WHERE repairedAtMs < {beforeMs:Int64} OR (repairedAtMs = {beforeMs:Int64} AND key > {beforeKey:String})
ORDER BY repairedAtMs DESC, key
LIMIT {limit:UInt32}
