-- Makes void whatever bears a tag and was loaded before.
-- KEYS: 1 partition
-- ARGV: 1 the region's channel, 2 how the message begins: version, kind, sender, partition, 3 the
--       tag, 4 the seq to start from if there is no history, 5 how many tags to remember
-- Returns the seq.
-- Atomic: who reads the seq between the two writes would take a value from before for one from after.
local seq = advance(KEYS[1], ARGV[4])
if redis.call('HLEN', KEYS[1]) > tonumber(ARGV[5]) + 3 then
  -- All of them are forgotten, and whatever was marked before now counts as void.
  local _, floor = window(KEYS[1])
  redis.call('UNLINK', KEYS[1])
  redis.call('HSET', KEYS[1], 'seq', seq, 'floor', floor, 'tags', seq)
end
redis.call('HSET', KEYS[1], 't:' .. ARGV[3], seq)
redis.call('PUBLISH', ARGV[1], ARGV[2] .. seq .. ARGV[3])
return seq
