-- Makes sure that a partition has a history.
-- KEYS: 1 partition
-- ARGV: 1 the seq to start from if there is none: random, 16 digits
-- Returns {seq, floor}.
-- Atomic, so that of several nodes that find none only one starts one.
local seq, floor = window(KEYS[1])
if not seq then
  begin(KEYS[1], ARGV[1])
  return {ARGV[1], ARGV[1]}
end
return {seq, floor}
