-- How the table of quarters is made, its time to live with it; no row where there is none yet.
-- params: none · rows: engine
SELECT engine_full AS engine
FROM system.tables
WHERE database = currentDatabase() AND name = 'engagement_quarters'
