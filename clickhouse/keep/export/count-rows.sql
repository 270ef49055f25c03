-- How many rows a table has between two times.
-- params: table, time, fromMs, toMs · rows: rows
SELECT count() AS rows
FROM {table:Identifier}
WHERE ({fromMs:Nullable(Int64)} IS NULL OR {time:Identifier} >= fromUnixTimestamp64Milli(assumeNotNull({fromMs:Nullable(Int64)}), 'UTC'))
    AND ({toMs:Nullable(Int64)} IS NULL OR {time:Identifier} < fromUnixTimestamp64Milli(assumeNotNull({toMs:Nullable(Int64)}), 'UTC'))
