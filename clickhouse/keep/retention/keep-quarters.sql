-- Keeps sums by the quarter of an hour for a number of days. {{days}} is filled in from the settings.
-- params: none · rows: none
ALTER TABLE engagement_quarters MODIFY TTL quarter + toIntervalDay({{days}})
