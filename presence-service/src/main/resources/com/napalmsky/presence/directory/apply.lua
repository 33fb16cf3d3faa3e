-- Lets one event happen to one user.
-- Arguments: user id, name of the event, what belongs to it.
-- Returns epoch, offset, then nothing more when there is no room for one more user; else the user
-- and his person, the socket that gave way or '', and the change, if there is one.
local epoch, offset = position()
local id, event = ARGV[FIRST_ARGUMENT], ARGV[FIRST_ARGUMENT + 1]
local before = load(id)
local after, evicted = on[event](before, ARGV[FIRST_ARGUMENT + 2], ARGV[FIRST_ARGUMENT + 3])
if is_gone(before) and not is_gone(after) and call('HLEN', USERS) >= tonumber(ARGV[3]) then
  return { epoch, offset }
end
if event == 'authenticated' then
  -- A gateway that was taken for dead may still say what it had to say. What is not renewed after
  -- this ends like every other lease.
  call('ZADD', LEASES, 'NX', NOW + tonumber(ARGV[7]), gateway_of(ARGV[FIRST_ARGUMENT + 2]))
end
return { epoch, offset, encode(after), after.p, evicted or '', save(id, before, after) }
