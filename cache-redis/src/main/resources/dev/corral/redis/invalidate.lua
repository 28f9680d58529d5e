-- Drops whatever a key holds, which revokes leases, and tells all nodes to drop their copies.
-- KEYS: 1 entry, 2 refresh right, 3 partition, 4 the version mark to leave (or none)
-- ARGV: 1 node channel prefix, 2 address, 3 the region's channel, 4 how the message begins: version,
--       kind, sender, partition, 5 the key's text, 6 the seq to start from if there is no history,
--       7 the mark's version, 8 its life in ms
-- Returns the stamp.
-- Atomic: a lease that was granted between the UNLINK and the seq would carry a stamp from before
-- the invalidation, and nodes would take its value for one that the message makes void. Nor may one
-- be published between the UNLINK and the mark that is to keep it out.
revoke(KEYS[1])
revoke(KEYS[2])
-- First of all writes: it is allowed out of memory, and lets the script go on (see begin).
redis.call('UNLINK', KEYS[1], KEYS[2])
if KEYS[4] then
  leave(KEYS[4], ARGV[7], ARGV[8])
end
local seq = advance(KEYS[3], ARGV[6])
redis.call('PUBLISH', ARGV[3], ARGV[4] .. seq .. ARGV[5])
return seq
