-- Takes the invite of one to the other, if it is not overdue.
-- ARGV: 3 caller, 4 callee; 5 state, 6 ending, 7 hold. Returns the invite, or nil.
local id, invite = between(ARGV[3], ARGV[4])
if not invite or overdue(invite) then
  return nil
end
return take(id, invite, ARGV[5], ARGV[6], ARGV[7])
