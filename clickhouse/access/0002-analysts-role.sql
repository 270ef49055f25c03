-- The role that may read the views for analysts.
-- params: none · rows: none
CREATE ROLE IF NOT EXISTS sharetrail_analysts
