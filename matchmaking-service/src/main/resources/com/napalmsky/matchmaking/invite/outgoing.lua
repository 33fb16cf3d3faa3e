-- Returns the pending invite that a user made, or nil. ARGV: 3 user.
return pending(redis.call('HGET', CALLERS, ARGV[3]))
