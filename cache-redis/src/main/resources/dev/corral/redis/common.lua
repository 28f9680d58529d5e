-- What the steps share. It stands before each of them: a step is run as common.lua .. step.lua.
-- Scripts see no state but Redis' own, and each runs alone: that is what makes a step atomic.
--
-- Strings that an entry key or a refresh right may hold (docs: RedisKeys, Frame):
--   L token(16) floor(16 digits) waiter(8)*    a lease, and the nodes that wait for its outcome
--   V fill(16)  stamp(16 digits) body          a value
--   E token(16) body                           a failure
-- Seqs and floors have 16 digits from the first to the last (they start above 2^51 and stay below
-- 2^53), so they compare as text and pass through Lua's doubles unharmed.
--
-- Steps that tell nodes something take ARGV[1] = the prefix of the nodes' channels, and ARGV[2] =
-- the address: length and name of the cache, length and text of the key.

-- Returns seq and floor of a partition; nil if there are none, which makes all of its keys void.
local function window(partition)
  local held = redis.pcall('HMGET', partition, 'seq', 'floor')
  if held.err or not held[1] or not held[2] then
    return nil
  end
  if not string.find(held[1] .. held[2], '^' .. string.rep('%d', 32) .. '$') then
    return nil
  end
  return held[1], held[2]
end

-- Starts a history of the partition: whatever has another stamp is void. The UNLINK is not only for
-- a key of another type: after a write that frees memory, Redis lets a script go on that is out of it.
local function begin(partition, seq)
  redis.call('UNLINK', partition)
  redis.call('HSET', partition, 'seq', seq, 'floor', seq)
end

-- Counts an invalidation, and returns its stamp.
local function advance(partition, seed)
  if not window(partition) then
    begin(partition, seed)
    return seed
  end
  redis.call('HINCRBY', partition, 'seq', 1)
  return redis.call('HGET', partition, 'seq')
end

-- Tells a message to the nodes that wait for a lease.
local function tell(lease, message)
  for at = 34, #lease - 7, 8 do
    local node = string.gsub(string.sub(lease, at, at + 7), '.', function(byte)
      return string.format('%02x', string.byte(byte))
    end)
    redis.call('PUBLISH', ARGV[1] .. node, message)
  end
end

-- An outcome message: kind P (published), D (delivered), F (failed) or L (look again).
local function outcome(kind, token, stamp, millis, body)
  return '1' .. kind .. token .. stamp .. string.format('%016.0f', millis) .. ARGV[2] .. body
end

-- Tells those who wait for the lease at this key, if one is there, to look again.
local function revoke(key)
  if redis.pcall('GETRANGE', key, 0, 0) == 'L' then
    local lease = redis.call('GET', key)
    tell(lease, outcome('L', string.sub(lease, 2, 17), string.rep('0', 16), 0, ''))
  end
end

-- Whether the lease (its first 17 bytes) stands at this key and no clear or loss of data has come
-- since its grant. One that was cleared is dropped, so that those who wait need not wait for its end.
local function stands(key, lease, partition, stamp)
  if redis.pcall('GETRANGE', key, 0, 16) ~= lease then
    return false
  end
  local seq, floor = window(partition)
  if seq and floor <= stamp and stamp <= seq then
    return true
  end
  revoke(key)
  redis.call('UNLINK', key)
  return false
end

-- Returns the version mark at this key: 20 digits, which compare as texts; nil if there is none.
local function marked(key)
  local held = redis.pcall('GET', key)
  if type(held) == 'string' and string.find(held, '^' .. string.rep('%d', 20) .. '$') then
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
