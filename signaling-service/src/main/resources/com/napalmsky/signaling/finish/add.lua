-- Adds a finished call, unless its room waits already.
-- ARGV: room, the call, until when it is claimed, how many may wait, the instance
-- Returns 0 when there is no room left.
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then
  return 1
end
if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[4]) then
  return 0
end
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('XGROUP', 'CREATE', KEYS[1], GROUP, '0', 'MKSTREAM')
end
local id = redis.call('XADD', KEYS[1], '*', 'room', ARGV[1], 'call', ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], id)
redis.call('ZADD', KEYS[3], ARGV[3], id)
redis.call('XREADGROUP', 'GROUP', GROUP, ARGV[5], 'COUNT', 1, 'STREAMS', KEYS[1], '>')
return 1
