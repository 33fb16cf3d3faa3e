-- Ends graces whose time has come, the earliest first.
-- Argument: how many at most.
-- Returns epoch, offset, the time of the next one or '', and the changes.
local epoch, offset = position()
local due = call(
  'ZRANGEBYSCORE', GRACES, '-inf', ARGV[1], 'LIMIT', 0, ARGV[FIRST_ARGUMENT])
local changes = {}
for _, id in ipairs(due) do
  local before = load(id)
  changes[#changes + 1] = save(id, before, on.time_passed(before))
end
local next = call('ZRANGE', GRACES, 0, 0, 'WITHSCORES')
return { epoch, offset, next[2] or '', unpack(changes) }
