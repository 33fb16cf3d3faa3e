-- Admins look people up by the beginning of a name or an address; the newest come first.
CREATE INDEX users_by_name ON users (lower(name) text_pattern_ops);
CREATE INDEX users_by_email_prefix ON users (lower(email) text_pattern_ops) WHERE email IS NOT NULL;
CREATE INDEX users_newest_first ON users (created_at DESC, user_id DESC);
CREATE INDEX users_who_are_admins ON users (created_at DESC) WHERE role = 'admin';

-- What admins tell everybody.
CREATE TABLE announcements (
  announcement_id uuid PRIMARY KEY,
  text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 500),
  made_by uuid REFERENCES users ON DELETE SET NULL,
  made_at timestamptz NOT NULL,
  -- Every announcement ends: one that is forgotten would greet people for ever.
  ends_at timestamptz NOT NULL CHECK (ends_at > made_at),
  withdrawn_at timestamptz
);
CREATE INDEX announcements_by_end ON announcements (ends_at) WHERE withdrawn_at IS NULL;
