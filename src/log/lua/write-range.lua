-- Writes a projector's fields under the current epoch only, and removes others in the same step.
-- keys: state · args: epoch, number of fields to remove, their names, then name, value, ... · returns: 1 done, 0 fenced
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
local removed = tonumber(ARGV[2])
if removed > 0 then redis.call('HDEL', KEYS[1], unpack(ARGV, 3, 2 + removed)) end
redis.call('HSET', KEYS[1], unpack(ARGV, 3 + removed))
return 1
