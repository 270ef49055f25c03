-- Gives a projector's lease to one owner; whoever takes it over from another gets a new epoch, which fences the old one.
-- keys: lease, state · args: owner, leaseMs · returns: the epoch, 0 while another owner holds the lease
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
if holder then return tonumber(redis.call('HGET', KEYS[2], 'epoch')) end
redis.call('HSET', KEYS[2], 'owner', ARGV[1])
return redis.call('HINCRBY', KEYS[2], 'epoch', 1)
