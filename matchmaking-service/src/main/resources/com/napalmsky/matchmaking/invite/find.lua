-- Returns a pending invite, or nil. ARGV: 3 id.
return pending(ARGV[3])
