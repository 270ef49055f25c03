-- The tables of a database, each with what identifies it whatever its name.
-- params: database · rows: name, uuid
SELECT name, toString(uuid) AS uuid
FROM system.tables
WHERE database = {database:String} AND engine NOT IN ('MaterializedView', 'View')
ORDER BY name
