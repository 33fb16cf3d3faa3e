-- Puts a call aside that can never be stored; the oldest of those gives way.
-- ARGV: room, how many may be aside
local call = take_out(ARGV[1])
if call then
  redis.call('RPUSH', KEYS[4], call)
  redis.call('LTRIM', KEYS[4], -tonumber(ARGV[2]), -1)
end
return 1
