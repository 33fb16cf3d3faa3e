-- A page of those who have a socket at a gateway, by the text of their ids.
-- Arguments: gateway, the last id of the page before or '', how many at most.
-- Returns epoch, offset, whether there are more (1 or 0), and for each the id and the sockets there.
local epoch, offset = position()
local gateway = ARGV[FIRST_ARGUMENT]
local limit = tonumber(ARGV[FIRST_ARGUMENT + 2])
local held = call(
  'ZRANGEBYLEX', HELD, '(' .. gateway .. ' ' .. ARGV[FIRST_ARGUMENT + 1], '(' .. gateway .. '!',
  'LIMIT', 0, limit + 1)
local reply = { epoch, offset, #held > limit and 1 or 0 }
for place = 1, math.min(limit, #held) do
  local id = string.sub(held[place], #gateway + 2)
  local sockets = {}
  for _, socket in ipairs(load(id).k) do
    if gateway_of(socket) == gateway then
      sockets[#sockets + 1] = socket
    end
  end
  reply[#reply + 1] = id
  reply[#reply + 1] = table.concat(sockets, ' ')
end
return reply
