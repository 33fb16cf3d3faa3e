-- Claims calls that nobody works on, the oldest first, also those of instances that died.
-- ARGV: how many, now, until when they are claimed, the instance
-- Returns room and call of each, one after the other.
local claimed = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[2], 'LIMIT', 0, ARGV[1])) do
  -- Whatever an older copy of Redis' memory may say of who was given what: it is this one's now.
  local entry = redis.call('XCLAIM', KEYS[1], GROUP, ARGV[4], 0, id, 'FORCE')[1]
  if entry then
    redis.call('ZADD', KEYS[3], ARGV[3], id)
    table.insert(claimed, entry[2][2])
    table.insert(claimed, entry[2][4])
  else
    redis.call('ZREM', KEYS[3], id)
  end
end
-- An instance that has had nothing for an hour is gone: its name is never used again.
if redis.call('EXISTS', KEYS[1]) == 1 then
  for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], GROUP)) do
    if consumer[4] == 0 and consumer[6] > 3600000 then
      redis.call('XGROUP', 'DELCONSUMER', KEYS[1], GROUP, consumer[2])
    end
  end
end
return claimed
