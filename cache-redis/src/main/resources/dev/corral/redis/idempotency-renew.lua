-- Makes a reservation last its time from now on.
-- KEYS: 1 the record
-- ARGV: 1 token, 2 the reservation's time in ms, 3 retention in ms
-- Returns 1 if it stands, else 0.
-- Atomic: a later holder's reservation must not be prolonged in its place.
local held = redis.call('HMGET', KEYS[1], 'f', 't', 'n', 'o')
if held[2] ~= ARGV[1] or held[4] then
  return 0
end
hold(KEYS[1], held[1], held[2], held[3], ARGV[2], ARGV[3])
return 1
