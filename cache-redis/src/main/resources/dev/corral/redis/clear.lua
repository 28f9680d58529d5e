-- Makes void whatever a partition holds, leases included, without looking at its keys.
-- KEYS: 1 partition
-- ARGV: 1 the seq to start from if there is no history
-- Returns the new floor, which is the new seq too.
-- Atomic: between two writes a grant could be stamped at a seq that the floor then passes.
local seq = window(KEYS[1])
local floor = seq and string.format('%.0f', seq + 1) or ARGV[1]
begin(KEYS[1], floor)
return floor
