-- What each event makes of a user: the rules of Transitions.java, in the same order, and held to
-- them by PresenceStoreSuite and RedisTransitionsTest. Each takes a user and returns another one, or
-- the same when nothing changes.
local SOCKETS_PER_USER = tonumber(ARGV[4])
local GRACE_MILLIS = tonumber(ARGV[5])
local CALL_GRACE_MILLIS = tonumber(ARGV[6])

local function has(user, socket)
  for _, own in ipairs(user.k) do
    if own == socket then
      return true
    end
  end
  return false
end

local function copy(user)
  local other = {}
  for field, value in pairs(user) do
    other[field] = value
  end
  other.k = { unpack(user.k) }
  return other
end

local function drop(user, socket)
  local rest = {}
  for _, own in ipairs(user.k) do
    if own ~= socket then
      rest[#rest + 1] = own
    end
  end
  user.k = rest
  if user.q == socket then
    user.q = ''
  end
end

-- The socket that speaks for the user, empty when there is none.
local function primary(user)
  if user.s == 'IN_CALL' and has(user, user.c) then
    return user.c
  end
  if user.q ~= '' then
    return user.q
  end
  return user.k[#user.k] or ''
end

local function meant(user)
  return user.s == 'GRACE' and user.w or user.s
end

-- The same user with another state; in GRACE it is the previous one, and the deadline stands.
local function replaced(user, state)
  local other = copy(user)
  if user.s == 'GRACE' then
    other.w = state
  else
    other.s = state
  end
  if state ~= 'IN_CALL' then
    other.r, other.c = '', ''
  end
  if state ~= 'AVAILABLE' then
    other.p = ''
  end
  return other
end

local function oldest_idle(user)
  local speaker = primary(user)
  local first = nil
  for _, socket in ipairs(user.k) do
    if socket ~= speaker then
      -- In a call the queue's socket need not be the primary one; it goes last of all.
      if socket ~= user.q then
        return socket
      end
      first = first or socket
    end
  end
  return first
end

local on = {}

function on.authenticated(user, socket)
  if has(user, socket) then
    return user
  end
  local other = copy(user)
  if user.s == 'GRACE' then
    -- The only socket takes the place of the lost one, whatever that one's part was.
    other.s, other.w, other.d, other.k, other.q = user.w, '', '', { socket }, ''
    if other.s == 'IN_CALL' then
      other.c = socket
    elseif other.s == 'AVAILABLE' then
      other.q = socket
    end
    return other
  end
  local evicted = nil
  if #user.k >= SOCKETS_PER_USER then
    evicted = oldest_idle(user)
    drop(other, evicted)
  end
  if user.s == 'OFFLINE' then
    other.s = 'ONLINE'
  elseif user.s == 'IN_CALL' and not has(user, user.c) then
    -- The page of the call may come back while another one is open.
    other.c = socket
  end
  other.k[#other.k + 1] = socket
  return other, evicted
end

function on.lost(user, socket)
  if not has(user, socket) then
    return user
  end
  local other = copy(user)
  drop(other, socket)
  if #other.k == 0 and user.s ~= 'OFFLINE' then
    local patience = user.s == 'IN_CALL' and CALL_GRACE_MILLIS or GRACE_MILLIS
    other.s, other.w, other.d = 'GRACE', user.s, string.format('%.0f', NOW + patience)
  end
  return other
end

function on.joined(user, socket)
  if user.s == 'OFFLINE' and has(user, socket) then
    return replaced(user, 'ONLINE')
  end
  return user
end

function on.left(user, socket)
  if user.s == 'IN_CALL' or not has(user, socket) then
    return user
  end
  return replaced(user, 'OFFLINE')
end

function on.queue_entered(user, socket, person)
  if user.s == 'IN_CALL' or not has(user, socket) then
    return user
  end
  local other = replaced(user, 'AVAILABLE')
  other.p, other.q = person, socket
  return other
end

function on.queue_left(user, socket)
  if user.s == 'AVAILABLE' and has(user, socket) then
    return replaced(user, 'ONLINE')
  end
  return user
end

function on.call_released(user, room)
  if meant(user) == 'IN_CALL' and user.r == room then
    return replaced(user, 'ONLINE')
  end
  return user
end

function on.call_restored(user, socket, room)
  if (user.s == 'OFFLINE' or user.s == 'ONLINE') and has(user, socket) then
    local other = replaced(user, 'IN_CALL')
    other.r, other.c = room, socket
    return other
  end
  return user
end

function on.time_passed(user)
  if user.s == 'GRACE' and tonumber(user.d) <= NOW then
    return gone()
  end
  return user
end

function on.profile_changed(user, person)
  if meant(user) ~= 'AVAILABLE' then
    return user
  end
  local other = copy(user)
  other.p = person
  return other
end

function on.access_lost(user)
  if meant(user) == 'AVAILABLE' then
    return replaced(user, 'ONLINE')
  end
  return user
end

function on.expelled(user)
  return gone()
end
