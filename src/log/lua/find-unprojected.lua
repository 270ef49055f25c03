-- The first entry that each projector has still to store, as ids: no body leaves Redis.
-- keys: stream, progress
-- returns: id for the graph, id for the facts; '' where nothing waits
local positions = redis.call('HMGET', KEYS[2], 'graphPosition', 'factsPosition')
local found = {}
for place = 1, 2 do
  local entries = redis.call('XRANGE', KEYS[1], '(' .. (positions[place] or '0-0'), '+', 'COUNT', 1)
  found[place] = entries[1] and entries[1][1] or ''
end
return found
