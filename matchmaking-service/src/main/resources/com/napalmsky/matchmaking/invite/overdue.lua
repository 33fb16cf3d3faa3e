-- Returns some of the pending invites that are overdue. ARGV: 3 how many.
local found = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', DEADLINES, '-inf', NOW, 'LIMIT', 0, ARGV[3])) do
  local invite = pending(id)
  if invite then
    found[#found + 1] = invite
  end
end
return found
