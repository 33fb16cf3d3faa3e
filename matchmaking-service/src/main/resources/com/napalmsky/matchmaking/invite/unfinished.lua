-- Hands some of the unfinished invites that nobody holds to the caller.
-- ARGV: 3 until when he holds them, 4 how many. Returns a list of {invite's three parts, ending}.
local found = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', HELD, '-inf', NOW, 'LIMIT', 0, ARGV[4])) do
  local ended = redis.call('HGET', UNFINISHED, id)
  if ended then
    redis.call('ZADD', HELD, ARGV[3], id)
    found[#found + 1] = cjson.decode(ended)
  else
    redis.call('ZREM', HELD, id)
  end
end
return found
