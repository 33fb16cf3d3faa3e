-- Writes down how a call stands; puts it in again when Redis has lost it.
-- ARGV: room, owner, epoch, version, due, the call
-- Returns 0 when another one holds the call by now.
local room, owner, epoch = ARGV[1], ARGV[2], tonumber(ARGV[3])
local known = holder(room)
if replaced(known, owner, epoch) then
  return 0
end
if known and known.epoch == epoch then
  -- What was sent over a connection that was lost may come after what followed it.
  if known.version == 'end' or tonumber(known.version) > tonumber(ARGV[4]) then
    return 1
  end
elseif known then
  run_no_more(room, known.owner)
  redis.call('ZREM', KEYS[6], room)
end
put(room, ARGV[3], ARGV[4], owner, ARGV[6])
run(room, owner, ARGV[5])
return 1
