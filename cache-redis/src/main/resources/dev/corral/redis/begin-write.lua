-- Takes the write lease of a key, and lets nothing of the old value outlive it.
-- KEYS: 1 entry, 2 refresh right, 3 partition
-- ARGV: 1 node channel prefix, 2 address, 3 the region's channel, 4 how the message begins: version,
--       kind, sender, partition, 5 the key's text, 6 the seq to start from if there is no history,
--       7 the lease: L and token, 8 its life in ms
-- Returns the stamp.
-- Atomic: a lease that was granted in between would be published in the middle of the write, and a
-- value that was found between the message and the cut would be held for its whole life. So would one
-- that a batch finds afterwards, were its end not cut as well.
revoke(KEYS[2])
-- First of all writes: it is allowed out of memory, and lets the script go on (see begin).
redis.call('UNLINK', KEYS[2])
local held = head(KEYS[1])
if held then
  local ends = ending(ARGV[8])
  -- Compared by itself, as the expiry is by LT: an end that comes before the cut stays as it is.
  if string.sub(held, END_AT + 1) > ends then
    redis.call('SETRANGE', KEYS[1], END_AT, ends)
  end
  redis.call('PEXPIRE', KEYS[1], ARGV[8], 'LT')
else
  revoke(KEYS[1])
  redis.call('UNLINK', KEYS[1])
end
local seq, floor = advance(KEYS[3], ARGV[6])
redis.call('SET', KEYS[2], ARGV[7] .. floor, 'PX', ARGV[8])
redis.call('PUBLISH', ARGV[3], ARGV[4] .. seq .. ARGV[5])
return seq
