-- The weight of a share, so that a wrong one in the graph shows.
-- params: none · rows: none
ALTER TABLE shares {{cluster}} ADD COLUMN IF NOT EXISTS confidence Nullable(Float64)
