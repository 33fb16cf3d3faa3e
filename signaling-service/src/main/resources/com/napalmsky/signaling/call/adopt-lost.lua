-- Takes running calls over: of owners whose lease has run out, and those that are overdue.
-- ARGV: the owner that adopts them, now, before when a call must have been due to be overdue, most
-- Returns room, epoch and call of each, one after the other.
local me, now, most = ARGV[1], ARGV[2], tonumber(ARGV[4])
-- One answer must not become so long that others wait for it.
local room_for = 1000000
local taken, count = {}, 0

local function take(room)
  local known = holder(room)
  if not known or known.version == 'end' then
    redis.call('ZREM', KEYS[3], room)
    return
  end
  local epoch, story = take_over(room, known, me)
  table.insert(taken, room)
  table.insert(taken, epoch)
  table.insert(taken, story)
  count = count + 1
  room_for = room_for - string.len(story)
end

local function full()
  return count >= most or room_for <= 0
end

for _, lost in ipairs(redis.call('ZRANGEBYSCORE', KEYS[5], '-inf', now, 'LIMIT', 0, 16)) do
  if lost ~= me and not full() then
    -- '}' comes after '|'.
    local from, to = '[' .. lost .. '|', '(' .. lost .. '}'
    local owned = redis.call('ZRANGEBYLEX', KEYS[4], from, to, 'LIMIT', 0, most - count)
    if #owned == 0 then
      redis.call('ZREM', KEYS[5], lost)
    end
    for _, member in ipairs(owned) do
      if full() then
        break
      end
      local room = string.sub(member, string.len(lost) + 2)
      local known = holder(room)
      if known and known.owner == lost then
        take(room)
      else
        redis.call('ZREM', KEYS[4], member)
      end
    end
  end
end

if not full() then
  local due = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', '(' .. ARGV[3], 'LIMIT', 0, most - count)
  for _, room in ipairs(due) do
    if full() then
      break
    end
    take(room)
  end
end
return taken
