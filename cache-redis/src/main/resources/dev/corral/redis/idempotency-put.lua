-- Puts an outcome in front of the store that decided it.
-- KEYS: 1 the record
-- ARGV: 1 fingerprint, 2 outcome, 3 ms left
-- Atomic: without its expiry it would outlive the one that it stands for.
redis.call('HSET', KEYS[1], 'f', ARGV[1], 'o', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
