-- Forgets a call or tombstone, unless another one holds it by now.
-- ARGV: room, owner, epoch
local room = ARGV[1]
local known = holder(room)
if known and not replaced(known, ARGV[2], tonumber(ARGV[3])) then
  run_no_more(room, known.owner)
  redis.call('HDEL', KEYS[1], room)
  redis.call('HDEL', KEYS[2], room)
  redis.call('ZREM', KEYS[6], room)
end
return 1
