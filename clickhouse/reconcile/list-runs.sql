-- Runs of reconciling, the latest first, after the last one seen.
-- params: beforeMs, beforeRunId, limit · rows: runId, level, dryRun, startedAtMs, endedAtMs, lookedAt, differing, repaired, stopped, total
SELECT *
FROM
(
    SELECT
        run_id AS runId,
        level,
        dry_run AS dryRun,
        toUnixTimestamp64Milli(started_at) AS startedAtMs,
        toUnixTimestamp64Milli(ended_at) AS endedAtMs,
        looked_at AS lookedAt,
        differing,
        repaired,
        stopped,
        count() OVER () AS total
    FROM runs
)
WHERE startedAtMs < {beforeMs:Int64} OR (startedAtMs = {beforeMs:Int64} AND runId > {beforeRunId:String})
ORDER BY startedAtMs DESC, runId
LIMIT {limit:UInt32}
