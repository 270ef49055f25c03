-- Keeps sums by the quarter of an hour for ever.
-- params: none · rows: none
ALTER TABLE engagement_quarters REMOVE TTL
