-- The same for rows that were there before.
-- params: none · rows: none
ALTER TABLE lineage {{cluster}} MATERIALIZE PROJECTION by_depth
