-- How many dead letters a list has in all.
-- params: states, stage · rows: total
SELECT count() AS total
FROM dead_letters FINAL
WHERE state IN {states:Array(String)} AND stage = coalesce({stage:Nullable(String)}, stage)
