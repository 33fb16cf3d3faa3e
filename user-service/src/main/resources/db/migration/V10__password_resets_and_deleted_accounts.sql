-- Resets that were asked for and not yet mailed. A row is written whether or not there is such an
-- account, so that neither the answer nor its time tells; it is gone as soon as it is dealt with.
CREATE TABLE password_reset_requests (
  email text PRIMARY KEY CHECK (char_length(email) <= 254),
  requested_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  -- When it is to be dealt with next. While an instance works on it, when another one may take it
  -- over.
  due_at timestamptz NOT NULL
);
CREATE INDEX password_reset_requests_by_due ON password_reset_requests (due_at);

-- Keyed by the hash of what was mailed: whoever reads this table cannot reset anything.
CREATE TABLE password_reset_tokens (
  token_hash text PRIMARY KEY CHECK (token_hash ~ '^[A-Za-z0-9_-]{43}$'),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- Null when it is not known to have arrived; it is good all the same.
  mailed_at timestamptz,
  -- Used, or voided by another change of the password.
  ended_at timestamptz
);
CREATE INDEX password_reset_tokens_of_user ON password_reset_tokens (user_id);
-- The sweep deletes by age.
CREATE INDEX password_reset_tokens_by_expiry ON password_reset_tokens (expires_at);

-- What a deleted user leaves behind is found by these: his name in the histories of others, and
-- columns that PostgreSQL sets to null for him.
CREATE INDEX chat_history_of_partner ON chat_history (partner_id);
CREATE INDEX ban_records_of_reviewer ON ban_records (reviewed_by) WHERE reviewed_by IS NOT NULL;
CREATE INDEX ip_bans_of_user ON ip_bans (user_id) WHERE user_id IS NOT NULL;
