-- Takes one call or tombstone over from the holder that was found.
-- ARGV: room, owner and epoch of that holder, the owner that adopts it
-- Returns epoch, whether it is a tombstone, and the call or tombstone; nil when another one holds it.
local known = holder(ARGV[1])
if not known or known.owner ~= ARGV[2] or known.epoch ~= tonumber(ARGV[3]) then
  return false
end
local epoch, story = take_over(ARGV[1], known, ARGV[4])
return {epoch, known.version == 'end' and 1 or 0, story}
