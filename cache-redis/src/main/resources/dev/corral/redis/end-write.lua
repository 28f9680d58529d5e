-- Stores what was written if its lease still stands, else drops whatever is there.
-- KEYS: 1 entry, 2 refresh right, 3 failure counter, 4 partition, 5 the version mark to
--       leave (or none)
-- ARGV: 1 node channel prefix, 2 address, 3 the region's channel, 4 how the message begins: version,
--       kind, sender, partition, 5 the key's text, 6 the seq to start from if there is no history,
--       7 the lease: L and token, 8 its stamp, 9 V and its token, 10 the value's body, 11 its life in
--       ms, 12 the longest body to be sent to those who wait, 13 the mark's version, 14 its life in ms
-- Returns 1 if the value was stored, else 0.
-- Atomic: this comparison keeps the value of an overlapped write out. If it fails, the lease of the
-- write that overlapped is dropped as well: nobody knows which of them the origin took last. A value
-- that is older than what somebody has seen of the key is not stored either.
local lease = standing(KEYS[2], ARGV[7], KEYS[4], ARGV[8])
local alone = lease and not (KEYS[5] and outdated(KEYS[5], ARGV[13]))
if not alone then
  revoke(KEYS[1])
  revoke(KEYS[2])
  redis.call('UNLINK', KEYS[1], KEYS[2])
end
local seq = advance(KEYS[4], ARGV[6])
if KEYS[5] then
  leave(KEYS[5], ARGV[13], ARGV[14])
end
if alone then
  revoke(KEYS[1])
  redis.call('SET', KEYS[1], ARGV[9] .. seq .. ARGV[10], 'PX', ARGV[11])
  redis.call('UNLINK', KEYS[2], KEYS[3])
  if #ARGV[10] <= tonumber(ARGV[12]) then
    tell(lease, 'P', string.sub(ARGV[7], 2), seq, ARGV[11], ARGV[10], 1)
  else
    tell(lease, 'L', string.sub(ARGV[7], 2), seq, 0, '', 1)
  end
end
redis.call('PUBLISH', ARGV[3], ARGV[4] .. seq .. ARGV[5])
return alone and 1 or 0
