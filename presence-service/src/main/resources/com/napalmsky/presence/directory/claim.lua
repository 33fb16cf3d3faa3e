-- Both AVAILABLE -> IN_CALL, or nothing.
-- Arguments: room, first user, the socket wanted for him or '', second user, the socket for him.
-- Returns epoch, offset, whether claimed (1 or 0), both states before, both sockets of the call, and
-- the changes, if there are any.
local epoch, offset = position()
local room = ARGV[FIRST_ARGUMENT]
local ids = { ARGV[FIRST_ARGUMENT + 1], ARGV[FIRST_ARGUMENT + 3] }
local wanted = { ARGV[FIRST_ARGUMENT + 2], ARGV[FIRST_ARGUMENT + 4] }
local users = { load(ids[1]), load(ids[2]) }

local function is_in(user)
  return meant(user) == 'IN_CALL' and user.r == room
end

-- A caller who missed the answer asks once more.
if is_in(users[1]) and is_in(users[2]) then
  return { epoch, offset, 1, users[1].s, users[2].s, users[1].c, users[2].c }
end
if users[1].s ~= 'AVAILABLE' or users[2].s ~= 'AVAILABLE' then
  return { epoch, offset, 0, users[1].s, users[2].s, '', '' }
end
local reply = { epoch, offset, 1, 'AVAILABLE', 'AVAILABLE' }
local changes = {}
for place = 1, 2 do
  local before = users[place]
  local after = replaced(before, 'IN_CALL')
  after.r = room
  after.c = has(before, wanted[place]) and wanted[place] or primary(before)
  reply[5 + place] = after.c
  changes[place] = save(ids[place], before, after)
end
reply[8], reply[9] = changes[1], changes[2]
return reply
