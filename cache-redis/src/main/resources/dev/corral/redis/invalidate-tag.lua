-- Makes void whatever bears a tag and was loaded before.
-- KEYS: 1 partition, 2 its tags: a hash of the seqs that each was invalidated at (t:TAG), and of the
--       one since which it remembers them (since)
-- ARGV: 1 the region's channel, 2 how the message begins: version, kind, sender, partition, 3 the
--       tag, 4 the seq to start from if there is no history, 5 how many tags to remember
-- Returns the seq.
-- Atomic: who reads the seq between the two writes would take a value from before for one from after.
local remembered = redis.pcall('HGET', KEYS[2], 'since')
if type(remembered) == 'table' and not string.find(remembered.err, 'WRONGTYPE', 1, true) then
  return remembered
end
local seq, floor, since = advance(KEYS[1], ARGV[4])
if remembered ~= since or redis.call('HLEN', KEYS[2]) > tonumber(ARGV[5]) then
  -- With the first tag of a history nothing is forgotten. With one too many, and if Redis has lost
  -- them, all are, and whatever was marked before now counts as void.
  since = since == NEVER and floor or seq
  redis.call('UNLINK', KEYS[2])
  redis.call('HSET', KEYS[2], 'since', since)
  redis.call('SET', KEYS[1], seq .. floor .. since)
end
redis.call('HSET', KEYS[2], 't:' .. ARGV[3], seq)
redis.call('PUBLISH', ARGV[1], ARGV[2] .. seq .. ARGV[3])
return seq
