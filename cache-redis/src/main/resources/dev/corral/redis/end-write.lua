-- Stores what was written if its lease still stands, else drops whatever is there.
-- KEYS: 1 entry, 2 refresh right, 3 failure counter, 4 partition, 5 the version mark to
--       leave (or none)
-- ARGV: 1 node channel prefix, 2 address, 3 the region's channel, 4 how the message begins: version,
--       kind, sender, partition, 5 the key's text, 6 the seq to start from if there is no history,
--       7 the lease: L and token, 8 its stamp, 9 the value's body, 10 its life in ms, 11 the longest
--       body to be sent to those who wait, 12 the mark's version, 13 its life in ms
-- Returns 1 if the value was stored, else 0.
-- Atomic: this comparison keeps the value of an overlapped write out. If it fails, the lease of the
-- write that overlapped is dropped as well: nobody knows which of them the origin took last. A value
-- that is older than what somebody has seen of the key is not stored either.
local lease = standing(KEYS[2], ARGV[7], KEYS[4], ARGV[8])
local alone = lease and not (KEYS[5] and outdated(KEYS[5], ARGV[12]))
if not alone then
  revoke(KEYS[1])
  revoke(KEYS[2])
  redis.call('UNLINK', KEYS[1], KEYS[2])
end
local seq = advance(KEYS[4], ARGV[6])
if KEYS[5] then
  leave(KEYS[5], ARGV[12], ARGV[13])
end
if alone then
  local token = string.sub(ARGV[7], 2)
  revoke(KEYS[1])
  store(KEYS[1], token, seq, ARGV[9], ARGV[10])
  redis.call('UNLINK', KEYS[2], KEYS[3])
  if #ARGV[9] <= tonumber(ARGV[11]) then
    tell(lease, 'P', token, seq, ARGV[10], ARGV[9])
  else
    tell(lease, 'L', token, seq, 0, '')
  end
end
redis.call('PUBLISH', ARGV[3], ARGV[4] .. seq .. ARGV[5])
return alone and 1 or 0
