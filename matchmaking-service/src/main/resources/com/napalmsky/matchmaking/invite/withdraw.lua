-- Takes an invite of which nobody has heard: nothing has to follow.
-- ARGV: 3 id, 4 state. Returns the invite, or nil.
local invite = pending(ARGV[3])
if not invite then
  return nil
end
remove(ARGV[3], invite, ARGV[4])
return invite
