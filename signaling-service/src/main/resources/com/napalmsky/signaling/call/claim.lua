-- Puts a new call under an owner, unless the room has one.
-- ARGV: room, owner, due, most that may run, the call
-- Returns owner and epoch; nil when as many run as may.
local known = holder(ARGV[1])
if known then
  return {known.owner, known.epoch}
end
if redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[4]) then
  return false
end
put(ARGV[1], 1, '0', ARGV[2], ARGV[5])
run(ARGV[1], ARGV[2], ARGV[3])
return {ARGV[2], 1}
