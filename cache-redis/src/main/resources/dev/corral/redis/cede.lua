-- Gives a lease that was just taken back to a refresh that still runs though its value is gone.
-- KEYS: 1 entry, 2 refresh right
-- ARGV: 1 node channel prefix, 2 address, 3 the lease: L and token, 4 that of the refresh
-- Returns what is left of the refresh's lease in ms; -1 if it has ended and the lease still stands;
-- -2 if both are gone.
-- Atomic: had the refresh ended between the look and the giving back, nobody would hold the key.
local own = redis.pcall('GETRANGE', KEYS[1], 0, 16) == ARGV[3]
if redis.pcall('GETRANGE', KEYS[2], 0, 16) ~= ARGV[4] then
  return own and -1 or -2
end
if own then
  revoke(KEYS[1])
  redis.call('UNLINK', KEYS[1])
end
return redis.call('PTTL', KEYS[2])
