-- What the scripts of the queue of finished calls share.
--
-- KEYS[1] calls  stream with one consumer group: an entry is a call that waits for the database
--                (room, and the call as JSON); its consumer is the instance that works on it, or
--                did so last
-- KEYS[2] rooms  hash: room -> id of its entry
-- KEYS[3] free   sorted set: id of an entry -> when anybody may claim it (ms, by the callers' clock)
-- KEYS[4] aside  list: calls that can never be stored
--
-- Each entry is delivered to the instance that adds it, so that none is pending for nobody, and is
-- acknowledged and deleted together, when the database has committed it. Nothing expires: what is
-- here would be missed. add.lua bounds it.

local GROUP = 'recorders'

local function take_out(room)
  local id = redis.call('HGET', KEYS[2], room)
  if not id then
    return nil
  end
  local entry = redis.call('XRANGE', KEYS[1], id, id)[1]
  redis.call('XACK', KEYS[1], GROUP, id)
  redis.call('XDEL', KEYS[1], id)
  redis.call('HDEL', KEYS[2], room)
  redis.call('ZREM', KEYS[3], id)
  return entry and entry[2][4]
end
