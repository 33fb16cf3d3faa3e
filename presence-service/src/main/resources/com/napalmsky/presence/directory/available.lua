-- A page of those AVAILABLE, by the text of their ids.
-- Arguments: the last id of the page before or '', how many at most.
-- Returns epoch, offset, whether there are more (1 or 0), and the people.
local epoch, offset = position()
local after = ARGV[FIRST_ARGUMENT] == '' and '-' or '(' .. ARGV[FIRST_ARGUMENT]
local limit = tonumber(ARGV[FIRST_ARGUMENT + 1])
local ids = call('ZRANGEBYLEX', FREE, after, '+', 'LIMIT', 0, limit + 1)
local reply = { epoch, offset, #ids > limit and 1 or 0 }
for place = 1, math.min(limit, #ids) do
  reply[3 + place] = call('HGET', PEOPLE, ids[place])
end
return reply
