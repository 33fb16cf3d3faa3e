-- Takes a call out that the database has committed.
-- ARGV: room
take_out(ARGV[1])
return 1
