-- Returns the state of an invite, or nil when it is not remembered. ARGV: 3 id, 4 what pending is called.
if redis.call('HEXISTS', PENDING, ARGV[3]) == 1 then
  return ARGV[4]
end
return redis.call('HGET', STATES, ARGV[3])
