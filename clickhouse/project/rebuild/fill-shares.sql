-- Every share event as the facts have it: the view's own words, over all facts.
-- params: partition · rows: none
INSERT INTO shares_fresh (share_id, accept_seq, parent_id, root_hint, account_id, shared_at, accepted_at, event_id, confidence)
SELECT
    share_id,
    accept_seq,
    post_id AS parent_id,
    root_hint,
    account_id,
    timestamp AS shared_at,
    accepted_at,
    event_id,
    JSONExtract(data, 'confidence', 'Nullable(Float64)') AS confidence
FROM events
WHERE event_name = 'post_share' AND {partition:String} IN ('all', _partition_id)
