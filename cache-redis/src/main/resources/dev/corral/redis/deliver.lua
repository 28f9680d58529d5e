-- Ends a lease and hands the value, which is not stored, to those who wait.
-- KEYS: 1 where the lease stands, 2 failure counter, 3 partition
-- ARGV: 1 node channel prefix, 2 address, 3 the lease: L and token, 4 its stamp, 5 the value's body
-- Returns 1 if the lease stood, else 0.
-- Atomic: who registers after the message would wait in vain, and who waits since an invalidation
-- or a clear must not get a value from before it.
local lease = standing(KEYS[1], ARGV[3], KEYS[3], ARGV[4])
if not lease then
  return 0
end
redis.call('UNLINK', KEYS[1], KEYS[2])
tell(lease, 'D', string.sub(ARGV[3], 2), ARGV[4], 0, ARGV[5])
return 1
