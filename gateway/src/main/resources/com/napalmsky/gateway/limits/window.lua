-- A fixed window that begins with the first request counted in it. Its length is kept by Redis, as the
-- expiry of the key, so that the clocks of gateways do not matter and nothing is left of it.
-- KEYS: 1 the count.
-- ARGV: 1 what is done: take, look or give; 2 how many fit; 3 the length in milliseconds.
-- Returns {count, milliseconds left, 1 when there was none left}.
local most, length = tonumber(ARGV[2]), tonumber(ARGV[3])
local count = tonumber(redis.call('GET', KEYS[1]) or '0')
local exceeded = 0
if ARGV[1] == 'give' then
  if count > 0 then
    count = redis.call('DECR', KEYS[1])
  end
elseif count >= most then
  exceeded = 1
elseif ARGV[1] == 'take' then
  count = redis.call('INCR', KEYS[1])
  if redis.call('PTTL', KEYS[1]) < 0 then
    redis.call('PEXPIRE', KEYS[1], length)
  end
end
local left = redis.call('PTTL', KEYS[1])
return {count, left < 0 and length or left, exceeded}
