-- Every column of a table between two times. The table and its time are filled in from a fixed list, and so are the columns known.
-- params: table, time, fromMs, toMs · rows: none
SELECT *
FROM {table:Identifier}
WHERE ({fromMs:Nullable(Int64)} IS NULL OR {time:Identifier} >= fromUnixTimestamp64Milli(assumeNotNull({fromMs:Nullable(Int64)}), 'UTC'))
    AND ({toMs:Nullable(Int64)} IS NULL OR {time:Identifier} < fromUnixTimestamp64Milli(assumeNotNull({toMs:Nullable(Int64)}), 'UTC'))
