-- What the steps share. It stands before each of them: a step is run as common.lua .. step.lua.
-- Scripts see no state but Redis' own, and each runs alone: that is what makes a step atomic.
--
-- Strings that an entry key or a refresh right may hold (docs: RedisKeys, Frame):
--   L token(16) floor(16 digits) waiter(8)*    a lease, and the nodes that wait for its outcome
--   V fill(16)  stamp(16 digits) end(16 digits) body
--                                              a value, and when its life ends
--   E token(16) body                           a failure
-- and a partition (docs: Window):
--   seq(16 digits) floor(16 digits) since(16 digits)
-- Seqs and floors have 16 digits from the first to the last (they start above 2^51 and stay below
-- 2^53), so they compare as text and pass through Lua's doubles unharmed. An end is a time of this
-- server's clock in ms, never later than the expiry of its key: a batch reads it in place of PTTL.
--
-- Steps that tell nodes something take ARGV[1] = the prefix of the nodes' channels, and ARGV[2] =
-- the address: length and name of the cache, length and text of the key.

-- Where the tags of a partition are remembered since, if none was invalidated in its history.
local NEVER = '0000000000000000'

-- More than any lease is long, unless thousands of nodes wait for it.
local LEASE_END = 65535

-- Where the end stands in a value, as an offset of GETRANGE and SETRANGE, and the last byte of it.
local END_AT = 33
local END_LAST = 48

-- Returns seq, floor and since of a partition; nil if there are none, which makes all of its keys
-- void.
local function window(partition)
  local held = redis.pcall('GET', partition)
  if type(held) ~= 'string' or #held ~= 48 or string.find(held, '%D') then
    return nil
  end
  return string.sub(held, 1, 16), string.sub(held, 17, 32), string.sub(held, 33)
end

-- Starts a history of the partition: whatever has another stamp is void. The UNLINK is there since
-- after a write that frees memory, Redis lets a script go on that is out of it.
local function begin(partition, seq)
  redis.call('UNLINK', partition)
  redis.call('SET', partition, seq .. seq .. NEVER)
end

-- Counts an invalidation, and returns its stamp, the floor, and since when tags are remembered.
local function advance(partition, seed)
  local seq, floor, since = window(partition)
  if not seq then
    begin(partition, seed)
    return seed, seed, NEVER
  end
  seq = string.format('%.0f', seq + 1)
  redis.call('SET', partition, seq .. floor .. since)
  return seq, floor, since
end

-- Returns when a life of so many ms ends. It is asked before that life is given to the key: the clock
-- of Redis 7.0 goes on within a script, and an end may come before the expiry, but not after it.
local function ending(millis)
  local time = redis.call('TIME')
  return string.format('%016.0f', time[1] * 1000 + math.floor(time[2] / 1000) + millis)
end

-- Stores a value for its life.
local function store(key, fill, stamp, body, millis)
  redis.call('SET', key, 'V' .. fill .. stamp .. ending(millis) .. body, 'PX', millis)
end

-- Returns what stands before the body of the value at this key; nil if there is no value, and for
-- what only looks like one: an end that is written into that would make a value of it.
local function head(key)
  local held = redis.pcall('GETRANGE', key, 0, END_LAST)
  if type(held) ~= 'string' or #held <= END_LAST or string.sub(held, 1, 1) ~= 'V'
    or string.find(held, '%D', 18) then
    return nil
  end
  return held
end

-- Tells the nodes that wait for a lease how it ended: kind P (published), D (delivered), F (failed)
-- or L (look again), and a text. Most leases end with nobody waiting.
local function tell(lease, kind, token, stamp, millis, text)
  if #lease < 41 then
    return
  end
  local message = '1' .. kind .. token .. stamp .. string.format('%016.0f', millis)
    .. ARGV[2] .. text
  for at = 34, #lease - 7, 8 do
    local node = string.format('%02x%02x%02x%02x%02x%02x%02x%02x', string.byte(lease, at, at + 7))
    redis.call('PUBLISH', ARGV[1] .. node, message)
  end
end

-- Tells those who wait for the lease at this key, if one is there, to look again.
local function revoke(key)
  if redis.pcall('GETRANGE', key, 0, 0) == 'L' then
    local lease = redis.call('GET', key)
    tell(lease, 'L', string.sub(lease, 2, 17), NEVER, 0, '')
  end
end

-- Returns the lease (whose first 17 bytes are given) if it stands at this key and no clear or loss
-- of data has come since its grant. One that was cleared is dropped, so that those who wait need not
-- wait for its end.
local function standing(key, prefix, partition, stamp)
  local held = redis.pcall('GETRANGE', key, 0, LEASE_END)
  if type(held) ~= 'string' or string.sub(held, 1, 17) ~= prefix then
    return nil
  end
  local seq, floor = window(partition)
  if seq and floor <= stamp and stamp <= seq then
    return #held <= LEASE_END and held or redis.call('GET', key)
  end
  revoke(key)
  redis.call('UNLINK', key)
  return nil
end

-- Returns the version mark at this key: 20 digits, which compare as texts; nil if there is none.
local function marked(key)
  local held = redis.pcall('GET', key)
  if type(held) == 'string' and #held == 20 and not string.find(held, '%D') then
    return held
  end
  return nil
end

-- Leaves a version mark for some time, or lets a higher one stand for that time.
local function leave(key, version, millis)
  local held = marked(key)
  redis.call('SET', key, held and held > version and held or version, 'PX', millis)
end

-- Whether a version is older than the mark at this key; the empty one is older than any.
local function outdated(key, version)
  local held = marked(key)
  return held ~= nil and version < held
end
