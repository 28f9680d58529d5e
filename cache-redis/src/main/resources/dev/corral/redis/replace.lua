-- Takes a lease in the place of something that cannot be used: a value that is void or that its
-- reader cannot read, a cleared lease, foreign bytes, a key of another type or without expiry.
-- KEYS: 1 the entry (or the refresh right), 2 partition, 3 the refresh right to drop (or none)
-- ARGV: 1 node channel prefix, 2 address, 3 how the unusable string begins, 4 the index of the last
--       byte to compare, 5 the new lease: L and token, 6 its life in ms, 7 the seq to start from if
--       there is no history
-- Returns the partition's window, or nothing if something else stands there by now.
-- Atomic: of several readers that find the same thing unusable one takes its place, and what was
-- published since the reader looked is left alone.
local held = redis.pcall('GETRANGE', KEYS[1], 0, ARGV[4])
if type(held) == 'string' and held ~= ARGV[3] then
  return false
end
local _, floor = window(KEYS[2])
if not floor then
  begin(KEYS[2], ARGV[7])
  floor = ARGV[7]
end
revoke(KEYS[1])
redis.call('SET', KEYS[1], ARGV[5] .. floor, 'PX', ARGV[6])
if KEYS[3] then
  revoke(KEYS[3])
  redis.call('UNLINK', KEYS[3])
end
return redis.call('GET', KEYS[2])
