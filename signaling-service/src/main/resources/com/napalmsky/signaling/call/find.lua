-- Who holds a call or its tombstone.
-- ARGV: room, now
-- Returns owner, epoch and whether the owner's lease stands; nil when there is neither.
local known = holder(ARGV[1])
if not known then
  return false
end
return {known.owner, known.epoch, live(known.owner, tonumber(ARGV[2])) and 1 or 0}
