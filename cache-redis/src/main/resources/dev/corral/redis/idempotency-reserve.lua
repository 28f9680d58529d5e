-- Reserves a key if nobody has it, and otherwise says who does, or what came of it. Whoever asks again
-- with the token that holds it has it for the whole time from then on.
-- KEYS: 1 the record
-- ARGV: 1 fingerprint, 2 token, 3 the reservation's time in ms, 4 retention in ms, 5 1 to take the
--       place of a holder that died (else 0), 6 the node's id (8 bytes)
-- Returns {R, attempt}: reserved; {D, ms left, outcome}: done; {H, ms left}: another has it; {C}: it
-- is another request's; {A}: its holder died.
-- Atomic: of those who find the key free, or its holder dead, one gets it; and had the outcome come
-- between the look and the registration of the node, nobody would tell the node.
local MOST_WAITING = 8 * 1024
local held = redis.call('HMGET', KEYS[1], 'f', 't', 'u', 'n', 'o', 'w')
local attempt = 1
if held[1] then
  if held[1] ~= ARGV[1] then
    return {'C'}
  end
  if held[5] then
    return {'D', redis.call('PTTL', KEYS[1]), held[5]}
  end
  if held[2] == ARGV[2] then
    hold(KEYS[1], held[1], held[2], held[4], ARGV[3], ARGV[4])
    return {'R', tonumber(held[4])}
  end
  local left = tonumber(held[3]) - now()
  if left > 0 then
    local waiting = held[6] or ''
    local known = #waiting >= MOST_WAITING
    for at = 1, #waiting - 7, 8 do
      known = known or string.sub(waiting, at, at + 7) == ARGV[6]
    end
    if not known then
      -- A server out of memory refuses: the node is not told then, and asks by itself.
      redis.pcall('HSET', KEYS[1], 'w', waiting .. ARGV[6])
    end
    return {'H', left}
  end
  if ARGV[5] ~= '1' then
    return {'A'}
  end
  attempt = tonumber(held[4]) + 1
elseif held[2] or held[5] then
  return redis.error_reply('ERR no record of idempotency: ' .. KEYS[1])
end
hold(KEYS[1], ARGV[1], ARGV[2], attempt, ARGV[3], ARGV[4])
return {'R', attempt}
