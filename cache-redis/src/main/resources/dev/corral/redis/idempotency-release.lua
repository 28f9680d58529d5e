-- Frees a key, if the reservation stands, and wakes those who wait.
-- KEYS: 1 the record
-- ARGV: 1 token, 2 the prefix of the nodes' channels, 3 the message
-- Returns {E}: free; {D, outcome}: there is one of this token already; {L}: the reservation is lost.
-- Atomic, so that the reservation of a later holder is not dropped.
-- That holders died before is kept: what they did, nobody knows. The token goes, so that a step of the
-- old holder that comes late does not take the key again.
local held = redis.call('HMGET', KEYS[1], 't', 'o', 'w', 'n')
if held[1] ~= ARGV[1] then
  return {'L'}
end
if held[2] then
  return {'D', held[2]}
end
if held[4] == '1' then
  redis.call('UNLINK', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'u', string.format('%.0f', now()))
  redis.call('HDEL', KEYS[1], 't', 'w')
end
wake(held[3], ARGV[2], ARGV[3])
return {'E'}
