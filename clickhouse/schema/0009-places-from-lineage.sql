-- Feeds places from lineage.
-- params: none · rows: none
CREATE MATERIALIZED VIEW IF NOT EXISTS places_from_lineage {{cluster}} TO places AS
SELECT post_id, root_id, generation, seq, link_seq
FROM lineage
