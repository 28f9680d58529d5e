-- What the steps of idempotency share. It stands before each of them.
--
-- A record is a hash that expires after its retention:
--   f  fingerprint of the request (32 bytes)
--   t  token of the reservation (16 bytes); none if it was released after holders that died
--   u  until when it is reserved, in ms of this server's clock
--   n  which holder this is: 1, and one more for each that died
--   o  the outcome, once there is one
--   w  the nodes that wait (8 bytes each)

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Notes who has a key, and for how long.
local function hold(record, fingerprint, token, attempt, reservation, retention)
  redis.call('HSET', record, 'f', fingerprint, 't', token, 'n', attempt,
    'u', string.format('%.0f', now() + reservation))
  redis.call('PEXPIRE', record, retention)
end

-- Tells the nodes that wait. Whoever misses it asks by itself after a while.
local function wake(waiting, prefix, message)
  for at = 1, #(waiting or '') - 7, 8 do
    local node = string.gsub(string.sub(waiting, at, at + 7), '.', function(byte)
      return string.format('%02x', string.byte(byte))
    end)
    redis.call('PUBLISH', prefix .. node, message)
  end
end
