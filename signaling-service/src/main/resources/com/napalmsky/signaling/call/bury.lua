-- Leaves the tombstone of a call, and forgets those whose time is over.
-- ARGV: room, owner, epoch, for how long it is kept (ms), the tombstone
-- Returns 0 when another one holds the call by now.
local room, owner, epoch = ARGV[1], ARGV[2], tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[6], '-inf', now, 'LIMIT', 0, 100)) do
  redis.call('HDEL', KEYS[1], old)
  redis.call('HDEL', KEYS[2], old)
  redis.call('ZREM', KEYS[6], old)
end
local known = holder(room)
if replaced(known, owner, epoch) then
  return 0
end
if known then
  run_no_more(room, known.owner)
end
put(room, ARGV[3], 'end', owner, ARGV[5])
redis.call('ZADD', KEYS[6], now + tonumber(ARGV[4]), room)
return 1
