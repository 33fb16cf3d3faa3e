-- Adds ARGV[1] to the number at KEYS[1]; returns the sum.
return redis.call('INCRBY', KEYS[1], ARGV[1])
