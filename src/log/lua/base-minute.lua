-- Keeps with a minute of the ledger what had been copied of it before it was dropped; the first word stands.
-- keys: ledger of the minute · args: base · returns: its fields, none where the minute is not here (any more)
if redis.call('EXISTS', KEYS[1]) == 0 then return {} end
redis.call('HSETNX', KEYS[1], 'base', ARGV[1])
return redis.call('HGETALL', KEYS[1])
