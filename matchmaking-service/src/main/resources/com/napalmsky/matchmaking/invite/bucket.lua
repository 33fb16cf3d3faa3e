-- A bucket of tokens that fills evenly. The time is Redis's own, so that instances whose clocks differ
-- count alike; it is used for nothing that anybody is told.
-- KEYS: 1 the bucket, a hash of tokens and the moment they were counted; gone when it would be full.
-- ARGV: 1 how many it holds, 2 milliseconds in which it fills, 3 how many are taken; -1 gives one back.
-- Returns 1 when there were enough, else 0.
local most, period, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = most
if known[1] then
  local since = math.max(0, now - tonumber(known[2]))
  tokens = math.min(most, tonumber(known[1]) + since * most / period)
end
if tokens < wanted then
  return 0
end
redis.call('HSET', KEYS[1], 'tokens', tostring(math.min(most, tokens - wanted)), 'at', now)
redis.call('PEXPIRE', KEYS[1], period)
return 1
