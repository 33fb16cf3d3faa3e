-- Takes an invite if it is to this callee and not overdue.
-- ARGV: 3 id, 4 callee; 5 state, 6 ending, 7 hold. Returns the invite, or nil.
local invite = pending(ARGV[3])
if not invite or callee(invite) ~= ARGV[4] or overdue(invite) then
  return nil
end
return take(ARGV[3], invite, ARGV[5], ARGV[6], ARGV[7])
