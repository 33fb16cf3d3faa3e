-- Places an invite, or takes the callee's own to the caller.
-- ARGV: 3 id, 4 what is placed, 5 deadline; 6 state, 7 ending, 8 hold of the callee's when it is taken.
-- Returns {outcome}, and after it the invite that was taken.
local id, deadline = ARGV[3], ARGV[5]
local placed = {ARGV[4]}
local reverseId, reverse = between(callee(placed), caller(placed))
if reverse and not overdue(reverse) then
  local taken = take(reverseId, reverse, ARGV[6], ARGV[7], ARGV[8])
  return {'MUTUAL', taken[1], taken[2], taken[3]}
end
if redis.call('HEXISTS', CALLERS, caller(placed)) == 1 then
  return {'CALLER_BUSY'}
end
if redis.call('HEXISTS', CALLEES, callee(placed)) == 1 then
  return {'CALLEE_BUSY'}
end
if redis.call('HLEN', PENDING) + redis.call('HLEN', UNFINISHED) >= MAX then
  return {'FULL'}
end
redis.call('HSET', PENDING, id, ARGV[4])
redis.call('ZADD', DEADLINES, deadline, id)
redis.call('HSET', CALLERS, caller(placed), id)
redis.call('HSET', CALLEES, callee(placed), id)
return {'PLACED'}
