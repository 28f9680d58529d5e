-- Replaces a lease by a failure that keeps the key alone for a while, and tells those who wait.
-- KEYS: 1 where the lease stands, 2 failure counter, 3 partition, 4 entry
-- ARGV: 1 node channel prefix, 2 address, 3 the lease: L and token, 4 its stamp, 5 the failure's
--       body, 6 base in ms, 7 cap in ms, 8 the fraction to take of the window
-- Returns the time to leave the key alone in ms, or nothing if the lease stands no more.
-- Atomic: between the end of the lease and the mark another node would load at once.
local lease = standing(KEYS[1], ARGV[3], KEYS[3], ARGV[4])
if not lease then
  return false
end
local failures = redis.pcall('INCR', KEYS[2])
if type(failures) == 'table' then
  if string.find(failures.err, 'OOM', 1, true) then
    return failures
  end
  redis.call('UNLINK', KEYS[2])
  failures = redis.call('INCR', KEYS[2])
end
local cap = tonumber(ARGV[7])
-- Long after the longest time between two attempts, so that only rest makes the key forget.
redis.call('PEXPIRE', KEYS[2], string.format('%.0f', math.max(60000, cap * 10)))
local longest = math.min(cap, tonumber(ARGV[6]) * 2 ^ (failures - 1))
local millis = math.max(1, math.floor(longest * tonumber(ARGV[8])))
local mark = 'E' .. string.sub(ARGV[3], 2) .. ARGV[5]
-- If the value that was being refreshed is gone by now, the failure stands in its place.
local place = redis.call('EXISTS', KEYS[4]) == 0 and KEYS[4] or KEYS[1]
if place ~= KEYS[1] then
  redis.call('UNLINK', KEYS[1])
end
redis.call('SET', place, mark, 'PX', string.format('%.0f', millis))
tell(lease, 'F', string.sub(ARGV[3], 2), ARGV[4], millis, ARGV[5])
return millis
