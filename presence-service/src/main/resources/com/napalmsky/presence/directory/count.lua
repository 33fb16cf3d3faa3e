-- How many users are in each state, and how many are kept.
-- Returns epoch, offset, the numbers of ONLINE, AVAILABLE, IN_CALL, GRACE, and of all.
local epoch, offset = position()
local counts = call('HMGET', COUNTS, 'ONLINE', 'AVAILABLE', 'IN_CALL', 'GRACE')
return {
  epoch, offset, counts[1] or '0', counts[2] or '0', counts[3] or '0', counts[4] or '0',
  tostring(call('HLEN', USERS))
}
