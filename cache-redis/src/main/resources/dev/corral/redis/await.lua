-- Registers a node for the outcome of a lease.
-- KEYS: 1 where the lease stands, 2 partition
-- ARGV: 1 the first 17 bytes of the lease, 2 the node's id (8 bytes)
-- Returns what is left of the lease in ms, or nothing if it stands no more.
-- Atomic: had the lease ended between the look and the registration, nobody would tell the node.
if redis.pcall('GETRANGE', KEYS[1], 0, 16) ~= ARGV[1] then
  return false
end
local _, floor = window(KEYS[2])
local lease = redis.call('GET', KEYS[1])
if string.sub(lease, 18, 33) ~= floor then
  return false
end
for at = 34, #lease - 7, 8 do
  if string.sub(lease, at, at + 7) == ARGV[2] then
    return redis.call('PTTL', KEYS[1])
  end
end
-- A server out of memory refuses: the node is not told then, and finds the outcome by asking again.
redis.pcall('APPEND', KEYS[1], ARGV[2])
return redis.call('PTTL', KEYS[1])
