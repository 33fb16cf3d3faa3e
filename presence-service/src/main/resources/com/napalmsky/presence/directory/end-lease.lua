-- Has the lease of a gateway end now, if it has one.
-- Argument: gateway.
-- Returns epoch, offset.
local epoch, offset = position()
call('ZADD', LEASES, 'XX', NOW, ARGV[FIRST_ARGUMENT])
return { epoch, offset }
