-- Stores a loaded value if its lease still stands, and tells those who wait.
-- KEYS: 1 entry, 2 refresh right, 3 failure counter, 4 partition, 5 version mark (or none)
-- ARGV: 1 node channel prefix, 2 address, 3 the lease: L and token, 4 its stamp, 5 V and the id of
--       the fill that it may replace (empty for a load; that fill may be gone by now), 6 the value's
--       body, 7 its life in ms, 8 the longest body to be sent to those who wait, 9 the value's
--       version (empty if it has none)
-- Returns 1 if the value was stored; 2 if it is older than the mark, and was only told to those who
-- wait; 0 if the lease stands no more.
-- Atomic: this comparison is the fence. An invalidation, a put, a clear or a later holder between
-- the comparison and the SET would be overwritten by a value from before it, and so would a mark.
local load = ARGV[5] == ''
local token = string.sub(ARGV[3], 2)
local place = load and KEYS[1] or KEYS[2]
local lease = standing(place, ARGV[3], KEYS[4], ARGV[4])
if not lease then
  return 0
end
if not load then
  -- While the right stands, nothing has invalidated the key or filled it anew: those steps end it.
  -- So an entry whose time is up, or another's lease or failure in its place, may be replaced.
  local held = redis.pcall('GETRANGE', KEYS[1], 0, 16)
  local tag = type(held) == 'string' and string.sub(held, 1, 1)
  if held ~= ARGV[5] and tag ~= '' and tag ~= 'L' and tag ~= 'E' then
    revoke(place)
    redis.call('UNLINK', place)
    return 0
  end
end
if KEYS[5] and outdated(KEYS[5], ARGV[9]) then
  -- What it was to replace stays, since that passed the mark or came after it.
  redis.call('UNLINK', place, KEYS[3])
  tell(lease, 'D', token, ARGV[4], 0, ARGV[6])
  return 2
end
if not load then
  revoke(KEYS[1])
end
store(KEYS[1], token, ARGV[4], ARGV[6], ARGV[7])
if load then
  revoke(KEYS[2])
end
redis.call('UNLINK', KEYS[2], KEYS[3])
if #ARGV[6] <= tonumber(ARGV[8]) then
  tell(lease, 'P', token, ARGV[4], ARGV[7], ARGV[6])
else
  tell(lease, 'L', token, ARGV[4], 0, '')
end
return 1
