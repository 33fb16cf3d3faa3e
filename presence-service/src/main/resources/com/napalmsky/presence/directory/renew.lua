-- Renews the lease of a gateway, or gives it a new one.
-- Arguments: gateway, id of the lease if it is a new one.
-- Returns epoch, offset, id of the lease.
local epoch, offset = position()
local gateway = ARGV[FIRST_ARGUMENT]
call('ZADD', LEASES, NOW + tonumber(ARGV[7]), gateway)
local id = call('HGET', LEASE_IDS, gateway)
if not id then
  id = ARGV[FIRST_ARGUMENT + 1]
  call('HSET', LEASE_IDS, gateway, id)
end
return { epoch, offset, id }
