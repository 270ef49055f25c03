-- Whether there is a database of this name.
-- params: database · rows: name
SELECT name
FROM system.databases
WHERE name = {database:String}
