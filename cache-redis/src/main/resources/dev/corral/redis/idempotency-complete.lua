-- Stores the outcome of a reservation that stands, and wakes those who wait.
-- KEYS: 1 the record
-- ARGV: 1 token, 2 the prefix of the nodes' channels, 3 the message, 4 outcome, 5 retention in ms
-- Returns {E}: stored; {D, outcome}: there is one of this token already; {L}: the reservation is lost.
-- Atomic: this comparison is the fence. A later holder between it and the HSET would be overwritten.
local held = redis.call('HMGET', KEYS[1], 't', 'o', 'w')
if held[1] ~= ARGV[1] then
  return {'L'}
end
if held[2] then
  return {'D', held[2]}
end
redis.call('HSET', KEYS[1], 'o', ARGV[4])
redis.call('HDEL', KEYS[1], 'w', 'u')
redis.call('PEXPIRE', KEYS[1], ARGV[5])
wake(held[3], ARGV[2], ARGV[3])
return {'E'}
