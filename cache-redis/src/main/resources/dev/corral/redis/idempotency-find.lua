-- Reads an outcome that was put in front of another store.
-- KEYS: 1 the record
-- Returns {fingerprint, ms left, outcome}, or nothing.
local held = redis.call('HMGET', KEYS[1], 'f', 'o')
if not held[1] or not held[2] then
  return false
end
return {held[1], redis.call('PTTL', KEYS[1]), held[2]}
