-- Gives the value that a refresh was to replace another life, and tells those who wait to look.
-- KEYS: 1 entry, 2 refresh right, 3 failure counter, 4 partition
-- ARGV: 1 node channel prefix, 2 address, 3 the lease: L and token, 4 its stamp, 5 V and the id of
--       the fill, 6 the new life in ms
-- Returns 1 if the value got its new life, else 0.
-- Atomic for the reason that publish.lua is: it must be the same value that lives on.
if not standing(KEYS[2], ARGV[3], KEYS[4], ARGV[4]) then
  return 0
end
local _, floor = window(KEYS[4])
local held = redis.pcall('GETRANGE', KEYS[1], 0, 32)
local same = type(held) == 'string' and string.sub(held, 1, 17) == ARGV[5]
local extended = 0
if same and string.sub(held, 18) >= floor then
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  redis.call('UNLINK', KEYS[3])
  extended = 1
end
revoke(KEYS[2])
redis.call('UNLINK', KEYS[2])
return extended
