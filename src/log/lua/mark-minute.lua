-- Notes how much of a minute of the ledger has been copied, or drops it if nothing has been counted since.
-- keys: ledger of the minute, ledger minutes · args: minuteMs, received as it was copied, when ('' drops it) · returns: 1 done
if redis.call('HGET', KEYS[1], 'received') ~= ARGV[2] then return 0 end
if ARGV[3] == '' then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
else
  redis.call('HSET', KEYS[1], 'copied', ARGV[2], 'copiedAtMs', ARGV[3])
end
return 1
