-- Takes an invite as accepted if it is to this callee and not overdue. One that has ended already and is
-- not finished is given as it ended: perhaps the callee asks again.
-- ARGV: 3 id, 4 callee; 5 state, 6 ending, 7 hold. Returns the invite when it was taken now, the invite
-- and its ending when it had ended, or nil.
local invite = pending(ARGV[3])
if invite then
  if callee(invite) ~= ARGV[4] or overdue(invite) then
    return nil
  end
  return take(ARGV[3], invite, ARGV[5], ARGV[6], ARGV[7])
end
local ended = redis.call('HGET', UNFINISHED, ARGV[3])
return ended and cjson.decode(ended) or nil
