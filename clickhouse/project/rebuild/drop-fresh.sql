-- Forgets the table that was filled, or what an earlier try left of it.
-- params: none · rows: none
DROP TABLE IF EXISTS {{fresh}} SYNC
