-- How many accounts came to be excluded when the tally counted up to an accept number, and how many no more.
-- params: toSeq · rows: come, gone
SELECT countIf(NOT is_excluded) AS come, countIf(is_excluded) AS gone
FROM exclusions
WHERE counted_to = {toSeq:UInt64}
