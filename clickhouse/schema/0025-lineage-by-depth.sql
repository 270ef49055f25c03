-- Keeps each cascade's posts, first time and accounts by depth beside its rows, so that a histogram reads a few rows
-- instead of all. A projection is part of the table: it can never say anything else than the rows do.
-- params: none · rows: none
ALTER TABLE lineage {{cluster}} ADD PROJECTION IF NOT EXISTS by_depth
(
    SELECT root_id, generation, depth, count(), min(shared_at), groupBitmap(account_ord)
    GROUP BY root_id, generation, depth
)
