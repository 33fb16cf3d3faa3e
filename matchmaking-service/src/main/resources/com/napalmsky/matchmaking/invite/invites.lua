-- What all scripts of the invites share. The time is always the caller's (ARGV[2], in milliseconds):
-- deadlines are told to clients by the instances, whose clocks differ by less than the slack that an
-- answer has, and tests move it by hand.
--
-- KEYS, all of one hash tag because one step touches invites of two people and finds them by either:
local PENDING = KEYS[1]     -- hash: id -> caller's id (36), callee's id (36), the rest as JSON
local DEADLINES = KEYS[2]   -- sorted set: id by deadline
local EXTENSIONS = KEYS[3]  -- hash: id -> how often it was extended, if it was
local CALLERS = KEYS[4]     -- hash: caller's id -> id of the invite he made
local CALLEES = KEYS[5]     -- hash: callee's id -> id of the invite he got
local UNFINISHED = KEYS[6]  -- hash: id -> an ended invite and how it ended, as a JSON list
local HELD = KEYS[7]        -- sorted set: id of an unfinished one by the end of its hold
local STATES = KEYS[8]      -- hash: id -> state of an ended one, for a minute
local ENDED = KEYS[9]       -- sorted set: id of an ended one by the moment of its end

-- As many may be pending or unfinished, and as many ended ones are remembered.
local MAX = tonumber(ARGV[1])
local NOW = tonumber(ARGV[2])

local MEMORY = 60000
-- Of what is forgotten, so much at each end: more than comes to be remembered, and never a long step.
local FORGOTTEN_AT_ONCE = 20

-- A pending invite as {what was placed, deadline, extensions}; nil when there is none.
local function pending(id)
  local placed = id and redis.call('HGET', PENDING, id)
  if not placed then
    return nil
  end
  return {placed, redis.call('ZSCORE', DEADLINES, id), redis.call('HGET', EXTENSIONS, id) or '0'}
end

local function caller(invite)
  return string.sub(invite[1], 1, 36)
end

local function callee(invite)
  return string.sub(invite[1], 37, 72)
end

local function overdue(invite)
  return NOW >= tonumber(invite[2])
end

-- The pending invite of one to the other, after its id.
local function between(from, to)
  local id = redis.call('HGET', CALLERS, from)
  local invite = pending(id)
  if invite and callee(invite) == to then
    return id, invite
  end
  return nil, nil
end

local function forget(ids)
  if #ids > 0 then
    redis.call('ZREM', ENDED, unpack(ids))
    redis.call('HDEL', STATES, unpack(ids))
  end
end

-- The invite is pending no longer, and both its places are free.
local function remove(id, invite, state)
  redis.call('HDEL', PENDING, id)
  redis.call('ZREM', DEADLINES, id)
  redis.call('HDEL', EXTENSIONS, id)
  redis.call('HDEL', CALLERS, caller(invite))
  redis.call('HDEL', CALLEES, callee(invite))
  redis.call('HSET', STATES, id, state)
  redis.call('ZADD', ENDED, NOW, id)
  forget(redis.call(
    'ZRANGEBYSCORE', ENDED, '-inf', NOW - MEMORY, 'LIMIT', 0, FORGOTTEN_AT_ONCE))
  local over = redis.call('ZCARD', ENDED) - MAX
  if over > 0 then
    forget(redis.call('ZRANGE', ENDED, 0, math.min(over, FORGOTTEN_AT_ONCE) - 1))
  end
end

-- The invite is taken: it is written down how, for whoever goes on when its taker is lost.
local function take(id, invite, state, ending, heldUntil)
  remove(id, invite, state)
  redis.call(
    'HSET', UNFINISHED, id, cjson.encode({invite[1], invite[2], invite[3], ending}))
  redis.call('ZADD', HELD, heldUntil, id)
  return invite
end
