-- Gives a call back; nobody shall claim it before then.
-- ARGV: room, when
local id = redis.call('HGET', KEYS[2], ARGV[1])
if id then
  redis.call('ZADD', KEYS[3], 'XX', ARGV[2], id)
end
return 1
