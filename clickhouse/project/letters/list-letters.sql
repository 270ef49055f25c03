-- Dead letters as they stand now, in accept order, from one place on. A filter that is null lets everything through.
-- params: states, stage, code, sinceMs, untilMs, afterSeq, afterStage, limit · rows: stage, seq, acceptedAtMs, eventId, timestampMs, digest, code, reason, attempts, raw, state, diedAtMs, changedAtMs
SELECT *
FROM letters
WHERE (seq, letters.stage) > ({afterSeq:UInt64}, {afterStage:String})
    AND state IN {states:Array(String)}
    AND letters.stage = coalesce({stage:Nullable(String)}, letters.stage)
    AND letters.code = coalesce({code:Nullable(String)}, letters.code)
    AND acceptedAtMs >= coalesce({sinceMs:Nullable(Int64)}, 0)
    AND acceptedAtMs < coalesce({untilMs:Nullable(Int64)}, 9000000000000)
ORDER BY seq, letters.stage
LIMIT {limit:UInt32}
