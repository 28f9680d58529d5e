-- Stores the outcome of a reservation that stands, and wakes those who wait.
-- KEYS: 1 the record
-- ARGV: 1 token, 2 the prefix of the nodes' channels, 3 the message, 4 outcome, 5 retention in ms,
--       6 fingerprint, 7 attempt
-- Returns {E}: stored; {D, outcome}: there is one of this token already; {L}: the reservation is lost.
-- Atomic: this comparison is the fence. A later holder between it and the HSET would be overwritten.
-- A key without a record has no holder, since each has one: this server has lost it, or dropped it, and
-- what the caller knows is all that anybody knows.
local held = redis.call('HMGET', KEYS[1], 't', 'o', 'w', 'f')
local gone = not held[1] and not held[2] and not held[4]
if not gone and held[1] ~= ARGV[1] then
  return {'L'}
end
if held[2] then
  return {'D', held[2]}
end
if gone then
  redis.call('HSET', KEYS[1], 'f', ARGV[6], 't', ARGV[1], 'n', ARGV[7])
end
redis.call('HSET', KEYS[1], 'o', ARGV[4])
redis.call('HDEL', KEYS[1], 'w', 'u')
redis.call('PEXPIRE', KEYS[1], ARGV[5])
wake(held[3], ARGV[2], ARGV[3])
return {'E'}
