-- Stores a value whatever is there, which revokes leases, and tells all nodes to drop their copies.
-- KEYS: 1 entry, 2 refresh right, 3 failure counter, 4 partition
-- ARGV: 1 node channel prefix, 2 address, 3 the region's channel, 4 how the message begins: version,
--       kind, sender, partition, 5 the key's text, 6 the seq to start from if there is no history,
--       7 the id of the value, 8 its body, 9 its life in ms
-- Returns the stamp.
-- Atomic: a reader between the seq and the SET would take the old value for one from after the put.
revoke(KEYS[1])
revoke(KEYS[2])
local seq = advance(KEYS[4], ARGV[6])
store(KEYS[1], ARGV[7], seq, ARGV[8], ARGV[9])
redis.call('UNLINK', KEYS[2], KEYS[3])
redis.call('PUBLISH', ARGV[3], ARGV[4] .. seq .. ARGV[5])
return seq
