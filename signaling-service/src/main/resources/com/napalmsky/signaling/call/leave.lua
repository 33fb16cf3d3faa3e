-- Ends an owner's lease.
-- ARGV: owner
return redis.call('ZADD', KEYS[5], 0, ARGV[1])
