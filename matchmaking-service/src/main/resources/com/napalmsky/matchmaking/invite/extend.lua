-- Moves the deadline of the invite of one to the other, a few times.
-- ARGV: 3 caller, 4 callee, 5 milliseconds, 6 how often at most. Returns the invite as it is now, or nil.
local id, invite = between(ARGV[3], ARGV[4])
if not invite or overdue(invite) or tonumber(invite[3]) >= tonumber(ARGV[6]) then
  return nil
end
redis.call('ZINCRBY', DEADLINES, ARGV[5], id)
redis.call('HINCRBY', EXTENSIONS, id, 1)
return pending(id)
