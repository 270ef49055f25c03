-- The schema files that were applied.
-- params: none · rows: id, checksum
SELECT id, checksum
FROM migrations
ORDER BY id
