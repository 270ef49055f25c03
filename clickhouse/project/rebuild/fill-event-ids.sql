-- Every event id as the facts have it: the view's own words, over all facts, and over those that have expired.
-- params: partition · rows: none
INSERT INTO event_ids_fresh (id_hash, digest, accept_seq, accepted_at)
SELECT sipHash128(event_id) AS id_hash, digest, accept_seq, accepted_at
FROM events
WHERE {partition:String} IN ('all', _partition_id) AND accept_seq NOT IN (SELECT accept_seq FROM outcomes WHERE status = 'expired')
UNION ALL
SELECT sipHash128(event_id) AS id_hash, digest, accept_seq, accepted_at
FROM outcomes
WHERE status = 'expired'
