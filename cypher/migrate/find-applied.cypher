// The schema files that were applied.
// params: none · rows: id, checksum
MATCH (migration:Migration)
RETURN migration.id AS id, migration.checksum AS checksum
ORDER BY id
