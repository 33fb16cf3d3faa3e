-- Has the lease of a gateway end now, if it has one.
-- Argument: gateway.
-- Returns epoch, offset.
local epoch, offset = position()
local ends = call('ZSCORE', LEASES, ARGV[FIRST_ARGUMENT])
if ends and tonumber(ends) > NOW then
  call('ZADD', LEASES, -tonumber(ends), ARGV[FIRST_ARGUMENT])
end
return { epoch, offset }
