-- What the scripts of presence have in common: how a user is kept, and how every index stays in
-- step with him. A script is this file, for some transitions.lua, and its own.
--
-- All keys have one hash tag, so that one step can touch any two users:
--   META       hash    epoch and offset of the stream of changes
--   USERS      hash    user id -> what is known of him (see encode)
--   PEOPLE     hash    user id -> how others see him, as JSON that is never looked into here;
--                      of who is AVAILABLE, or was when he lost his last socket
--   FREE       sorted  ids of who is AVAILABLE, all with score 0: the order of their text
--   GRACES     sorted  user id, by the time his grace ends
--   COUNTS     hash    state -> how many users are in it
--   HELD       sorted  '<gateway> <user id>' of each user with a socket there, all with score 0
--   LEASES     sorted  gateway, by the time its lease ends; negative when it was ended before, so that
--                      it is known when the gateway was last seen: for the length of a lease before
--   LEASE_IDS  hash    gateway -> id of its lease; none of one that has not renewed it yet, or that
--                      is being swept
-- A socket is '<loop>#<number>'; its gateway is the part of the loop before the last '-'.
--
-- The time is the caller's, in milliseconds: presence instances have clocks that agree within the
-- patience of a grace, and tests move theirs by hand.
local META, USERS, PEOPLE, FREE, GRACES, COUNTS, HELD, LEASES, LEASE_IDS = unpack(KEYS)
local NOW = tonumber(ARGV[1])
local FIRST_ARGUMENT = 8

local call = redis.call

-- Where the stream stands. A store that begins from nothing takes the epoch that is offered, which
-- nobody has seen before.
local function position()
  local meta = call('HMGET', META, 'epoch', 'offset')
  if meta[1] then
    return meta[1], meta[2]
  end
  call('HSET', META, 'epoch', ARGV[2], 'offset', 0)
  return ARGV[2], '0'
end

-- A user: s state, w state before the grace, d its end, r room and c socket of the call,
-- q socket that last joined the queue, k sockets in order, p person. Empty means none.
local function gone()
  return { s = 'OFFLINE', w = '', d = '', r = '', c = '', q = '', k = {}, p = '' }
end

local function is_gone(user)
  return user.s == 'OFFLINE' and #user.k == 0
end

-- Socket names have neither blanks nor bars. The same user is always the same text.
local function encode(user)
  return table.concat(
    { user.s, user.w, user.d, user.r, user.c, user.q, table.concat(user.k, ' ') }, '|')
end

local function load(id)
  local kept = call('HGET', USERS, id)
  if not kept then
    return gone()
  end
  local user = gone()
  local sockets
  user.s, user.w, user.d, user.r, user.c, user.q, sockets =
    string.match(kept, '^([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|(.*)$')
  for socket in string.gmatch(sockets, '%S+') do
    user.k[#user.k + 1] = socket
  end
  if user.s == 'AVAILABLE' or user.w == 'AVAILABLE' then
    user.p = call('HGET', PEOPLE, id) or ''
  end
  return user
end

local function gateway_of(socket)
  local loop = string.match(socket, '^(.*)#')
  return string.match(loop, '^(.*)%-') or loop
end

local function gateways_of(user)
  local set = {}
  for _, socket in ipairs(user.k) do
    set[gateway_of(socket)] = true
  end
  return set
end

-- Puts a user in the place of the one before. Returns the change to announce, with its number in
-- the stream, or nil when his state is what it was.
local function save(id, before, after)
  local new = encode(after)
  if encode(before) == new and before.p == after.p then
    return nil
  end
  if after.s == 'GRACE' then
    call('ZADD', GRACES, after.d, id)
  elseif before.s == 'GRACE' then
    call('ZREM', GRACES, id)
  end
  if after.s == 'AVAILABLE' then
    call('ZADD', FREE, 0, id)
  elseif before.s == 'AVAILABLE' then
    call('ZREM', FREE, id)
  end
  if after.p == '' then
    if before.p ~= '' then
      call('HDEL', PEOPLE, id)
    end
  elseif after.p ~= before.p then
    call('HSET', PEOPLE, id, after.p)
  end
  local held, holds = gateways_of(before), gateways_of(after)
  for gateway in pairs(held) do
    if not holds[gateway] then
      call('ZREM', HELD, gateway .. ' ' .. id)
    end
  end
  for gateway in pairs(holds) do
    if not held[gateway] then
      call('ZADD', HELD, 0, gateway .. ' ' .. id)
    end
  end
  if not is_gone(before) then
    call('HINCRBY', COUNTS, before.s, -1)
  end
  if is_gone(after) then
    call('HDEL', USERS, id)
  else
    call('HSET', USERS, id, new)
    call('HINCRBY', COUNTS, after.s, 1)
  end
  if before.s == after.s and not (before.s == 'AVAILABLE' and before.p ~= after.p) then
    return nil
  end
  local room = ''
  if after.s == 'IN_CALL' then
    room = after.r
  elseif before.s == 'IN_CALL' then
    room = before.r
  end
  local person = after.s == 'AVAILABLE' and after.p or ''
  return { id, before.s, after.s, person, room, call('HINCRBY', META, 'offset', 1) }
end
