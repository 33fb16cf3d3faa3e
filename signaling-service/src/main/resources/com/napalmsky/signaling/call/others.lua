-- How many owners besides this one have a lease.
-- ARGV: owner, now
local all = redis.call('ZCOUNT', KEYS[5], '(' .. ARGV[2], '+inf')
return all - (live(ARGV[1], tonumber(ARGV[2])) and 1 or 0)
