-- Records of bans are kept, so this table grows; the sweep looks in it for addresses to forget. All
-- else that is swept has an index by its end, or is bounded by a setting (ip_bans).
CREATE INDEX ban_records_with_addresses ON ban_records (banned_at) WHERE ip_addresses <> '{}';
