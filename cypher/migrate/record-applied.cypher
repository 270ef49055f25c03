// Remembers that a schema file was applied.
// params: id, checksum · rows: none
MERGE (migration:Migration {id: $id})
SET migration.checksum = $checksum, migration.appliedAt = datetime()
