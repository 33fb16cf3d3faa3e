-- Who holds each of these; of a room that is not known nothing is said.
-- ARGV: rooms
-- Returns room, owner and epoch of each, one after the other.
local found = {}
for _, room in ipairs(ARGV) do
  local known = holder(room)
  if known then
    table.insert(found, room)
    table.insert(found, known.owner)
    table.insert(found, known.epoch)
  end
end
return found
