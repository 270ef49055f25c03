-- Dead letters as they stand now, in accept order, from one place on. A filter that is null lets everything through.
-- params: states, stage, code, sinceMs, untilMs, afterSeq, afterStage, limit · rows: stage, seq, acceptedAtMs, eventId, timestampMs, digest, code, reason, attempts, raw, state, diedAtMs, changedAtMs
SELECT
    stage,
    accept_seq AS seq,
    toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs,
    event_id AS eventId,
    timestamp_ms AS timestampMs,
    digest,
    code,
    reason,
    attempts,
    raw,
    state,
    toUnixTimestamp64Milli(died_at) AS diedAtMs,
    toUnixTimestamp64Milli(changed_at) AS changedAtMs
FROM dead_letters FINAL
WHERE (accept_seq, dead_letters.stage) > ({afterSeq:UInt64}, {afterStage:String})
    AND state IN {states:Array(String)}
    AND dead_letters.stage = coalesce({stage:Nullable(String)}, dead_letters.stage)
    AND dead_letters.code = coalesce({code:Nullable(String)}, dead_letters.code)
    AND accepted_at >= fromUnixTimestamp64Milli(coalesce({sinceMs:Nullable(Int64)}, 0))
    AND accepted_at < fromUnixTimestamp64Milli(coalesce({untilMs:Nullable(Int64)}, 9000000000000))
ORDER BY accept_seq, dead_letters.stage
LIMIT {limit:UInt32}
