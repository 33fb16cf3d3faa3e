-- A code of an admin may end by itself; a user's is for ever.
ALTER TABLE invite_codes
  ADD COLUMN expires_at timestamptz,
  ADD CONSTRAINT invite_codes_of_users_do_not_expire CHECK (type = 'admin' OR expires_at IS NULL);
