-- Gives the value that a refresh was to replace another life, and tells those who wait to look.
-- KEYS: 1 entry, 2 refresh right, 3 failure counter, 4 partition
-- ARGV: 1 node channel prefix, 2 address, 3 the lease: L and token, 4 its stamp, 5 V and the id of
--       the fill, 6 the new life in ms
-- Returns 1 if the value got its new life, else 0.
-- Atomic for the reason that publish.lua is: it must be the same value that lives on. A batch that
-- came between the new end and the new expiry would be told another life than the value has.
if not standing(KEYS[2], ARGV[3], KEYS[4], ARGV[4]) then
  return 0
end
local _, floor = window(KEYS[4])
local held = head(KEYS[1])
local same = held and string.sub(held, 1, 17) == ARGV[5]
local extended = 0
if same and string.sub(held, 18, 33) >= floor then
  local ends = ending(ARGV[6])
  -- First of all writes: it is allowed out of memory, and lets the script go on (see begin).
  redis.call('UNLINK', KEYS[3])
  -- While the value is there for certain: at a key without one, SETRANGE would leave zeros for ever.
  redis.call('SETRANGE', KEYS[1], END_AT, ends)
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  extended = 1
end
revoke(KEYS[2])
redis.call('UNLINK', KEYS[2])
return extended
