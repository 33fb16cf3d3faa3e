-- Nothing is left to be done about an invite. ARGV: 3 id.
redis.call('HDEL', UNFINISHED, ARGV[3])
return redis.call('ZREM', HELD, ARGV[3])
