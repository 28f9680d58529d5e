-- Ends a lease without an outcome; those who wait look again.
-- KEYS: 1 where the lease stands
-- ARGV: 1 node channel prefix, 2 address, 3 the lease: L and token
-- Returns 1 if the lease stood, else 0.
-- Atomic, so that the lease of a later holder is not dropped.
if redis.pcall('GETRANGE', KEYS[1], 0, 16) ~= ARGV[3] then
  return 0
end
revoke(KEYS[1])
return redis.call('UNLINK', KEYS[1])
