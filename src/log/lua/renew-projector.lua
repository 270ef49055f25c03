-- Lengthens (leaseMs > 0) or gives back (0) the lease of the current epoch.
-- keys: lease, state · args: owner, epoch, leaseMs · returns: 1 done, 0 fenced
if redis.call('HGET', KEYS[2], 'epoch') ~= ARGV[2] then return 0 end
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
if tonumber(ARGV[3]) > 0 then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
else
  redis.call('DEL', KEYS[1])
end
return 1
