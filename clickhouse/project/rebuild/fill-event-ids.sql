-- Every event id as the facts have it: the view's own words, over all facts.
-- params: partition · rows: none
INSERT INTO event_ids_fresh (id_hash, digest, accept_seq, accepted_at)
SELECT sipHash128(event_id) AS id_hash, digest, accept_seq, accepted_at
FROM events
WHERE {partition:String} IN ('all', _partition_id)
