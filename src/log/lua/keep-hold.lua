-- Asks for a hold, lengthens it or gives it back (ttlMs 0), as long as nobody else has it.
-- keys: hold · args: token, ttlMs, whether it may be taken where nobody has it (1 or 0) · returns: 1 held (or given back), 0 not ours
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
if not holder and ARGV[3] == '0' then return 0 end
if tonumber(ARGV[2]) > 0 then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
else
  redis.call('DEL', KEYS[1])
end
return 1
