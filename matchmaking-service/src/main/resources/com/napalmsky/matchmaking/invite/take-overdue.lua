-- Takes an invite if it is overdue.
-- ARGV: 3 id; 4 state, 5 ending, 6 hold. Returns {1 when taken and 0 when not due, the invite}, or nil.
local invite = pending(ARGV[3])
if not invite then
  return nil
end
if not overdue(invite) then
  return {0, invite}
end
return {1, take(ARGV[3], invite, ARGV[4], ARGV[5], ARGV[6])}
