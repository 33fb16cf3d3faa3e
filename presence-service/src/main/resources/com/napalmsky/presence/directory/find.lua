-- Users by their ids.
-- Arguments: the ids.
-- Returns epoch, offset, and for each id the user, '' when he is not kept, and his person or ''.
local reply = { position() }
for place = FIRST_ARGUMENT, #ARGV do
  reply[#reply + 1] = call('HGET', USERS, ARGV[place]) or ''
  reply[#reply + 1] = call('HGET', PEOPLE, ARGV[place]) or ''
end
return reply
