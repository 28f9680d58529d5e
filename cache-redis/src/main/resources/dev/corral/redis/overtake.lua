-- Makes void whatever a partition holds that has forgotten invalidations which it once counted.
-- KEYS: 1 partition
-- ARGV: 1 the seq that it gave out, 2 the seq to go on from
-- Returns 1 if it had forgotten, else 0.
-- Atomic: of several nodes that notice, one voids, and what is loaded after that stays.
local seq = window(KEYS[1])
if seq and seq >= ARGV[1] then
  return 0
end
begin(KEYS[1], ARGV[2])
return 1
