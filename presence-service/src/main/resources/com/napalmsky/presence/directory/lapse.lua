-- Loses the sockets of gateways whose lease has ended, of so many users at once; any instance may go
-- on where another one stopped.
-- Argument: how many users at most.
-- Returns epoch, offset, whether there is more to do (1 or 0), how many sockets were lost, the
-- gateways that lost some, each with the time it was last seen, and the changes.
local epoch, offset = position()
local left = tonumber(ARGV[FIRST_ARGUMENT])
local lost = 0
local gateways = {}
local changes = {}
local ended = call('ZRANGEBYSCORE', LEASES, '-inf', ARGV[1], 'LIMIT', 0, 8)
local swept = 0
for _, gateway in ipairs(ended) do
  if left == 0 then
    break
  end
  -- From now on a renewal is the beginning of another lease, after which the gateway says anew which
  -- sockets it has: some are lost here already.
  call('HDEL', LEASE_IDS, gateway)
  local held = call(
    'ZRANGEBYLEX', HELD, '[' .. gateway .. ' ', '(' .. gateway .. '!', 'LIMIT', 0, left)
  if #held > 0 then
    local ends = math.abs(tonumber(call('ZSCORE', LEASES, gateway)))
    gateways[#gateways + 1] = gateway
    gateways[#gateways + 1] = string.format('%.0f', ends - tonumber(ARGV[7]))
  end
  for _, member in ipairs(held) do
    local id = string.sub(member, #gateway + 2)
    local before = load(id)
    local after = before
    for _, socket in ipairs(before.k) do
      if gateway_of(socket) == gateway then
        after = on.lost(after, socket)
        lost = lost + 1
      end
    end
    changes[#changes + 1] = save(id, before, after)
  end
  if #held < left then
    call('ZREM', LEASES, gateway)
    swept = swept + 1
  end
  left = left - #held
end
local more = (swept < #ended or #ended == 8) and 1 or 0
return { epoch, offset, more, lost, gateways, unpack(changes) }
