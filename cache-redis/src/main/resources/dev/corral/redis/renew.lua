-- Lets a lease last from now.
-- KEYS: 1 where the lease stands, 2 partition
-- ARGV: 1 node channel prefix, 2 address, 3 the lease: L and token, 4 its stamp, 5 its life in ms
-- Returns 1 if the lease stands, else 0.
-- Atomic, so that the lease of a later holder is not prolonged.
if not standing(KEYS[1], ARGV[3], KEYS[2], ARGV[4]) then
  return 0
end
return redis.call('PEXPIRE', KEYS[1], ARGV[5])
