-- Accepts one request: tells new items from repeats, counts the ledger and appends one entry, all in one atomic step.
-- keys: stream, seq, memory (state of the id memory), ids:0, ids:1, ledger of the minute, ledger minutes
-- args: ids (joined by line feeds), records (20 bytes an item), body (items joined by commas), acceptedAtMs, minuteMs,
--       rejected, budgetBytes of the id memory, maxTimestampMs, groups ('' or 2 bytes an item: which post it creates)
-- returns: first seq, number accepted, statuses ('' when all are accepted, else one letter an item), windowStartMs
local stream, seqKey, memoryKey, ledgerKey, minutesKey = KEYS[1], KEYS[2], KEYS[3], KEYS[6], KEYS[7]
local records, body, groups = ARGV[2], ARGV[3], ARGV[9]
local RECORD_BYTES, CHUNK, BYTES_AN_ID = 20, 2000, 88
local count = #records / RECORD_BYTES
local rejected = tonumber(ARGV[6])

local function whole(number) return string.format('%.0f', number) end

local ids = {}
for id in string.gmatch(ARGV[1], '[^\n]+') do ids[#ids + 1] = id end
if #ids ~= count then return redis.error_reply('ERR the ids and the records of a request differ in number') end

local function remember(key, known)
  for from = 1, count, CHUNK do
    local to = math.min(count, from + CHUNK - 1)
    local values = redis.call('HMGET', key, unpack(ids, from, to))
    for offset = 1, to - from + 1 do
      if values[offset] then known[from + offset - 1] = values[offset] end
    end
  end
end

local state = redis.call('HMGET', memoryKey, 'current', 'bytes', 'maxTimestampMs', 'sinceMs', 'previousMaxTimestampMs', 'windowStartMs')
local current = tonumber(state[1] or '0')
local windowStart = tonumber(state[6] or '0')
local known = {}
if count > 0 then
  remember(KEYS[4 + current], known)
  -- Only after a first rotation there is a generation before the current one.
  if state[5] then remember(KEYS[5 - current], known) end
end

local seen, taken, statuses, accepted = {}, {}, {}, {}
local tally = { a = 0, d = 0, c = 0, p = 0 }
for item = 1, count do
  local at = (item - 1) * RECORD_BYTES
  local digest = string.sub(records, at + 9, at + 14)
  local before = seen[ids[item]] or known[item]
  local low, high = string.byte(groups, item * 2 - 1, item * 2)
  local group = low and low + high * 256 or 0
  local status = 'a'
  if before then
    status = string.sub(before, 1, 6) == digest and 'd' or 'c'
  elseif group > 0 and taken[group] then
    status = 'p'
  end
  if status == 'a' then
    accepted[#accepted + 1] = item
    seen[ids[item]] = digest
  end
  if group > 0 and (status == 'a' or status == 'd') then taken[group] = true end
  statuses[item] = status
  tally[status] = tally[status] + 1
end

-- The first write is one that Redis refuses when its memory is full, so that a refused request leaves nothing behind.
local firstSeq = 0
if #accepted > 0 then firstSeq = redis.call('INCRBY', seqKey, #accepted) - #accepted + 1 end
if count + rejected > 0 then
  local counts = { accepted = tally.a, duplicate = tally.d, conflict = tally.c + tally.p, rejected = rejected }
  if redis.call('HINCRBY', ledgerKey, 'received', count + rejected) == count + rejected then
    redis.call('ZADD', minutesKey, ARGV[5], ARGV[5])
  end
  for name, number in pairs(counts) do
    if number > 0 then redis.call('HINCRBY', ledgerKey, name, number) end
  end
end
if #accepted == 0 then return { 0, 0, table.concat(statuses), windowStart } end

local bytes, maxTimestamp = tonumber(state[2] or '0'), tonumber(state[3] or '0')
if bytes >= tonumber(ARGV[7]) / 2 then
  -- The older generation is forgotten: an event at or before its latest time may be a repeat that nobody here remembers.
  if state[5] then windowStart = math.max(windowStart, tonumber(state[5]) + 1) end
  redis.call('UNLINK', KEYS[5 - current])
  redis.call('HSET', memoryKey, 'current', 1 - current, 'previousMaxTimestampMs', whole(maxTimestamp),
    'rememberedSinceMs', state[4] or ARGV[4], 'sinceMs', ARGV[4], 'windowStartMs', whole(windowStart))
  current, bytes, maxTimestamp = 1 - current, 0, 0
elseif not state[4] then
  redis.call('HSET', memoryKey, 'sinceMs', ARGV[4], 'rememberedSinceMs', ARGV[4])
end

for from = 1, #accepted, CHUNK do
  local pairsToStore = {}
  for place = from, math.min(#accepted, from + CHUNK - 1) do
    local id = ids[accepted[place]]
    bytes = bytes + BYTES_AN_ID + #id
    pairsToStore[#pairsToStore + 1] = id
    pairsToStore[#pairsToStore + 1] = seen[id] .. struct.pack('>I6', firstSeq + place - 1)
  end
  redis.call('HSET', KEYS[4 + current], unpack(pairsToStore))
end
redis.call('HSET', memoryKey, 'bytes', whole(bytes), 'maxTimestampMs', whole(math.max(maxTimestamp, tonumber(ARGV[8]))))
redis.call('HSET', ledgerKey, 'lastSeq', whole(firstSeq + #accepted - 1))

if #accepted < count then
  local keptRecords, keptBodies, at, next = {}, {}, 1, 1
  for item = 1, count do
    local length = struct.unpack('<I4', records, (item - 1) * RECORD_BYTES + 17)
    if accepted[next] == item then
      keptRecords[next] = string.sub(records, (item - 1) * RECORD_BYTES + 1, item * RECORD_BYTES)
      keptBodies[next] = string.sub(body, at, at + length - 1)
      next = next + 1
    end
    at = at + length + 1
  end
  records, body = table.concat(keptRecords), table.concat(keptBodies, ',')
end
redis.call('XADD', stream, whole(firstSeq) .. '-' .. ARGV[4], 'w', whole(windowStart), 'r', records, 'b', body)
return { firstSeq, #accepted, #accepted < count and table.concat(statuses) or '', windowStart }
