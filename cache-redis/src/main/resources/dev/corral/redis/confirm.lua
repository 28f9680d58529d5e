-- Writes the present floor into a lease that was granted with an outdated one, and makes sure that
-- the partition has a history. Rare: the first grant of a node in a partition after a clear.
-- KEYS: 1 where the lease stands, 2 partition
-- ARGV: 1 the first 17 bytes of the lease, 2 the seq to start from if there is no history
-- Returns the partition's window, or nothing if the lease stands no more.
-- Atomic, since others take a lease with an outdated floor for a cleared one and replace it.
if redis.pcall('GETRANGE', KEYS[1], 0, 16) ~= ARGV[1] then
  return false
end
local _, floor = window(KEYS[2])
if not floor then
  begin(KEYS[2], ARGV[2])
  floor = ARGV[2]
end
redis.call('SETRANGE', KEYS[1], 17, floor)
return redis.call('GET', KEYS[2])
