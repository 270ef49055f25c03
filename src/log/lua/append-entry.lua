-- Accepts one request: tells new items from repeats, counts the ledger and appends one entry, all in one atomic step.
-- keys: stream, seq, memory (state of the id memory), ids:0, ids:1, ledger minutes (the keys of the minutes begin like it)
-- args: ids (a JSON list), records (20 bytes an item), body (items joined by commas), acceptedAtMs, what comes before a
--       minute in the key of its ledger, rejected, budgetBytes of the id memory, maxTimestampMs,
--       groups ('' or 2 bytes an item: which post it creates)
-- returns: first seq, number accepted, statuses ('' when all are accepted, else one letter an item), windowStartMs,
--       the acceptedAtMs that was used, where nothing was accepted the highest seq among the originals of repeats (or 0)
local stream, seqKey, memoryKey, minutesKey = KEYS[1], KEYS[2], KEYS[3], KEYS[6]
local ids, records, body, acceptedAt, groups = cjson.decode(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[9]
local RECORD_BYTES, CHUNK, BYTES_AN_ID = 20, 2000, 70
local MINUTE_MS, MAX_GAPS_BYTES = 60000, 20000
local count, rejected = #ids, tonumber(ARGV[6])
local sub = string.sub
if #records ~= count * RECORD_BYTES then
  return redis.error_reply('ERR the ids and the records of a request differ in number')
end

local function whole(number) return string.format('%.0f', number) end

-- Of an item the id memory keeps 5 bytes of its digest, its place in its entry and the entry's first number: 12 bytes,
-- which is what Redis stores without waste. The record has the first 7 of them side by side.
local function keptOf(item) return sub(records, (item - 1) * RECORD_BYTES + 10, (item - 1) * RECORD_BYTES + 16) end

local state = redis.call('HMGET', memoryKey, 'current', 'bytes', 'maxTimestampMs', 'sinceMs', 'previousMaxTimestampMs', 'windowStartMs',
  'acceptedAtMs')
local current, windowStart = tonumber(state[1] or '0'), tonumber(state[6] or '0')

-- Time never runs backwards against the entry before, so that the accept numbers of a minute are one run, whatever small
-- skew there is between the clocks of several doors. A jump of more than a minute is a clock that was set right (or
-- wrong): held back, every event would carry a wrong time for as long as the jump was. It is let through, and a minute
-- that begins a second run in this way keeps where its numbers were broken off.
local acceptedBefore = tonumber(state[7] or '0')
if acceptedAt < acceptedBefore and acceptedBefore - acceptedAt <= MINUTE_MS then acceptedAt = acceptedBefore end
local minute = acceptedAt - acceptedAt % MINUTE_MS
local ledgerKey = ARGV[5] .. whole(minute)

local known, anyKnown = {}, false
local function remember(key)
  for from = 1, count, CHUNK do
    local values = redis.call('HMGET', key, unpack(ids, from, math.min(count, from + CHUNK - 1)))
    for offset = 1, #values do
      if values[offset] then
        known[from + offset - 1] = values[offset]
        anyKnown = true
      end
    end
  end
end
if count > 0 then
  remember(KEYS[4 + current])
  -- Only after a first rotation there is a generation before the current one.
  if state[5] then remember(KEYS[5 - current]) end
end

local function hasRepeat()
  local seen = {}
  for item = 1, count do
    if seen[ids[item]] then return true end
    seen[ids[item]] = true
  end
  return false
end

local statuses, accepted = {}, nil
local tally = { a = count, d = 0, c = 0, p = 0 }
if anyKnown or groups ~= '' or hasRepeat() then
  local seen, taken = {}, {}
  accepted, tally.a = {}, 0
  for item = 1, count do
    local kept = keptOf(item)
    local before = seen[ids[item]] or known[item]
    local low, high = string.byte(groups, item * 2 - 1, item * 2)
    local group = low and low + high * 256 or 0
    local status = 'a'
    if before then
      status = sub(before, 1, 5) == sub(kept, 1, 5) and 'd' or 'c'
    elseif group > 0 and taken[group] then
      status = 'p'
    end
    if status == 'a' then
      accepted[#accepted + 1] = item
      seen[ids[item]] = kept
    end
    if group > 0 and (status == 'a' or status == 'd') then taken[group] = true end
    statuses[item] = status
    tally[status] = tally[status] + 1
  end
end

-- The first write is one that Redis refuses when its memory is full, so that a refused request leaves nothing behind.
local firstSeq = 0
if tally.a > 0 then firstSeq = redis.call('INCRBY', seqKey, tally.a) - tally.a + 1 end
if count + rejected > 0 then
  local counts = { accepted = tally.a, duplicate = tally.d, conflict = tally.c + tally.p, rejected = rejected }
  if redis.call('HINCRBY', ledgerKey, 'received', count + rejected) == count + rejected then
    redis.call('ZADD', minutesKey, whole(minute), whole(minute))
  end
  for name, number in pairs(counts) do
    if number > 0 then redis.call('HINCRBY', ledgerKey, name, number) end
  end
end

-- Of an id that was known the memory tells its place and its entry's first number.
local function highestOriginal()
  local highest = 0
  for item = 1, count do
    if statuses[item] == 'd' and known[item] then
      local place, first = struct.unpack('<I2>I5', known[item], 6)
      highest = math.max(highest, first + place)
    end
  end
  return highest
end
if tally.a == 0 then return { 0, 0, table.concat(statuses), windowStart, acceptedAt, highestOriginal() } end

-- Refused items leave no byte: neither in the entry nor in the id memory.
if tally.a < count then
  local keptIds, keptRecords, keptBodies, at, next = {}, {}, {}, 1, 1
  for item = 1, count do
    local record = sub(records, (item - 1) * RECORD_BYTES + 1, item * RECORD_BYTES)
    -- The top bit of a length tells something else.
    local length = struct.unpack('<I4', record, 17) % 2147483648
    if accepted[next] == item then
      keptIds[next] = ids[item]
      keptRecords[next] = sub(record, 1, 14) .. struct.pack('<I2', next - 1) .. sub(record, 17)
      keptBodies[next] = sub(body, at, at + length - 1)
      next = next + 1
    end
    at = at + length + 1
  end
  ids, records, body = keptIds, table.concat(keptRecords), table.concat(keptBodies, ',')
end

local bytes, maxTimestamp = tonumber(state[2] or '0'), tonumber(state[3] or '0')
if bytes >= tonumber(ARGV[7]) / 2 then
  -- The older generation is forgotten: an event at or before its latest time may be a repeat that nobody here remembers.
  if state[5] then windowStart = math.max(windowStart, tonumber(state[5]) + 1) end
  redis.call('UNLINK', KEYS[5 - current])
  redis.call('HSET', memoryKey, 'current', 1 - current, 'previousMaxTimestampMs', whole(maxTimestamp),
    'rememberedSinceMs', state[4] or whole(acceptedAt), 'sinceMs', whole(acceptedAt), 'windowStartMs', whole(windowStart))
  current, bytes, maxTimestamp = 1 - current, 0, 0
elseif not state[4] then
  redis.call('HSET', memoryKey, 'sinceMs', whole(acceptedAt), 'rememberedSinceMs', whole(acceptedAt))
end

local entryBytes = struct.pack('>I5', firstSeq)
for from = 1, tally.a, CHUNK do
  local fields, filled = {}, 0
  for place = from, math.min(tally.a, from + CHUNK - 1) do
    local id = ids[place]
    bytes = bytes + BYTES_AN_ID + #id
    fields[filled + 1] = id
    fields[filled + 2] = keptOf(place) .. entryBytes
    filled = filled + 2
  end
  redis.call('HSET', KEYS[4 + current], unpack(fields))
end
redis.call('HSET', memoryKey, 'bytes', whole(bytes), 'maxTimestampMs', whole(math.max(maxTimestamp, tonumber(ARGV[8]))),
  'acceptedAtMs', whole(acceptedAt))

-- Only the first entry after one of another minute can begin a run.
if acceptedBefore - acceptedBefore % MINUTE_MS ~= minute then
  local last = redis.call('HGET', ledgerKey, 'lastSeq')
  if not last then
    redis.call('HSET', ledgerKey, 'firstSeq', whole(firstSeq))
  elseif tonumber(last) + 1 ~= firstSeq then
    local gaps = redis.call('HGET', ledgerKey, 'gaps') or ''
    -- Doors whose clocks differ by over a minute would fill it without end; then the books may say so.
    if #gaps < MAX_GAPS_BYTES then
      redis.call('HSET', ledgerKey, 'gaps', gaps .. last .. '-' .. whole(firstSeq) .. ',')
    end
  end
end
redis.call('HSET', ledgerKey, 'lastSeq', whole(firstSeq + tally.a - 1))
redis.call('XADD', stream, whole(firstSeq) .. '-' .. whole(acceptedAt), 'w', whole(windowStart), 'r', records, 'b', body)
return { firstSeq, tally.a, tally.a < count and table.concat(statuses) or '', windowStart, acceptedAt, 0 }
