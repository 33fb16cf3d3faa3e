-- What the scripts of the directory of calls share.
--
-- KEYS[1] holders  hash: room -> epoch|version|owner; the version of a tombstone is "end"
-- KEYS[2] stories  hash: room -> the call, or its tombstone, as JSON
-- KEYS[3] due      sorted set: room of a running call -> when it has something to do (ms)
-- KEYS[4] owned    sorted set, all scores 0: owner|room of a running call, to be read by owner
-- KEYS[5] leases   sorted set: owner -> until when it is taken to live (ms)
-- KEYS[6] graves   sorted set: room of a tombstone -> until when it is kept (ms, by Redis' clock)
--
-- Times of calls and leases are those of the callers, who compare them with their own; how long a
-- tombstone is kept is measured here, since nobody else asks. As many calls run as claim.lua
-- admits; tombstones go with their time; hold.lua lets everything expire when nobody is left.

local function holder(room)
  local value = redis.call('HGET', KEYS[1], room)
  if not value then
    return nil
  end
  local epoch, version, owner = string.match(value, '^(%d+)|([^|]+)|(.*)$')
  return {epoch = tonumber(epoch), version = version, owner = owner}
end

local function put(room, epoch, version, owner, story)
  redis.call('HSET', KEYS[1], room, epoch .. '|' .. version .. '|' .. owner)
  if story then
    redis.call('HSET', KEYS[2], room, story)
  end
end

local function run(room, owner, due)
  redis.call('ZADD', KEYS[3], due, room)
  redis.call('ZADD', KEYS[4], 0, owner .. '|' .. room)
end

local function run_no_more(room, owner)
  redis.call('ZREM', KEYS[3], room)
  redis.call('ZREM', KEYS[4], owner .. '|' .. room)
end

-- Whether somebody was put in the place of this holder.
local function replaced(known, owner, epoch)
  return known and (known.epoch > epoch or (known.epoch == epoch and known.owner ~= owner))
end

local function live(owner, now)
  local till = redis.call('ZSCORE', KEYS[5], owner)
  return till and tonumber(till) > now
end

-- Puts an owner in the place of another one; returns the new epoch and the call or tombstone.
local function take_over(room, known, owner)
  local ended = known.version == 'end'
  local epoch = known.epoch + 1
  put(room, epoch, ended and 'end' or '0', owner, nil)
  if not ended then
    redis.call('ZREM', KEYS[4], known.owner .. '|' .. room)
    redis.call('ZADD', KEYS[4], 0, owner .. '|' .. room)
  end
  return epoch, redis.call('HGET', KEYS[2], room)
end
