-- Makes sure that a partition has a history.
-- KEYS: 1 partition
-- ARGV: 1 the seq to start from if there is none: random, 16 digits
-- Returns the window.
-- Atomic, so that of several nodes that find none only one starts one.
if not window(KEYS[1]) then
  begin(KEYS[1], ARGV[1])
end
return redis.call('GET', KEYS[1])
