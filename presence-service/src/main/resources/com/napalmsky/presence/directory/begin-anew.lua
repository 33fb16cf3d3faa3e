-- Forgets everything, unless that was done already: the stream went back, as it does when a server
-- takes over that had not heard the last of it. Replicas would take what follows for old.
-- Argument: the epoch that went back.
-- Returns epoch, offset.
local epoch = position()
if epoch == ARGV[FIRST_ARGUMENT] then
  call('UNLINK', unpack(KEYS))
end
return { position() }
