-- A row that is deleted from lineage by hand leaves the projection too, instead of being refused.
-- params: none · rows: none
ALTER TABLE lineage {{cluster}} MODIFY SETTING lightweight_mutation_projection_mode = 'rebuild'
