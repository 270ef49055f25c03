-- A view whose query was changed is known by another name to the engine after its next start: an insert repeated across
-- that start then adds its rows once more. So the view goes, and the next file makes it anew as it is now.
-- params: none · rows: none
DROP VIEW IF EXISTS shares_from_events {{cluster}}
