-- Takes the invites of one user, overdue or not.
-- ARGV: 3 user; 4 state, 5 ending, 6 hold of the invite he got, 7 to 9 of the one he made; an empty
-- state leaves that one. Returns both invites, empty lists where there is none.
local function taken(index, from)
  if ARGV[from] == '' then
    return {}
  end
  local id = redis.call('HGET', index, ARGV[3])
  local invite = pending(id)
  if not invite then
    return {}
  end
  return take(id, invite, ARGV[from], ARGV[from + 1], ARGV[from + 2])
end
return {taken(CALLEES, 4), taken(CALLERS, 7)}
