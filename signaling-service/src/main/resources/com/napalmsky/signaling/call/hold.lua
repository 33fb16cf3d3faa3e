-- Holds an owner's lease. Without any owner for a day everything goes.
-- ARGV: owner, now, until
-- Returns whether the lease stood until now.
local stood = live(ARGV[1], tonumber(ARGV[2]))
redis.call('ZADD', KEYS[5], ARGV[3], ARGV[1])
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, 86400000)
end
return stood and 1 or 0
