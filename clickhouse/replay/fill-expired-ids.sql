-- The ids of expired events, which no row of events brings into the index any more; those that are there stay as they are.
-- params: upToSeq · rows: none
INSERT INTO event_ids (id_hash, digest, accept_seq, accepted_at)
SELECT sipHash128(event_id) AS id_hash, digest, accept_seq, accepted_at
FROM outcomes
WHERE status = 'expired'
    AND accept_seq <= {upToSeq:UInt64}
    AND accept_seq NOT IN (SELECT accept_seq FROM event_ids WHERE accept_seq <= {upToSeq:UInt64})
