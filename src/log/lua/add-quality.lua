-- Adds to the counts of one day, all or none of them; the whole day is dropped when it is old.
-- keys: quality of the day · args: when it is dropped (epoch ms), then field and number in turn · returns: 1
for at = 2, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[at], ARGV[at + 1]) end
redis.call('PEXPIREAT', KEYS[1], ARGV[1])
return 1
