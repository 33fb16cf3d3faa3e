-- Admins come in by a name and a password of their own: an account's e-mail and password are a
-- person's, and the first admin has neither.
CREATE TABLE admin_credentials (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  username text NOT NULL CHECK (char_length(username) BETWEEN 1 AND 100),
  password_hash text NOT NULL,
  -- Counted here and not in a process: whoever guesses may ask every gateway in turn.
  failed_attempts integer NOT NULL DEFAULT 0 CHECK (failed_attempts >= 0),
  locked_until timestamptz,
  updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX admin_credentials_username_key ON admin_credentials (lower(username));

-- A session at the admin's door is short, does not slide, and is not ended by a login of the person.
ALTER TABLE sessions ADD COLUMN kind text NOT NULL DEFAULT 'user' CHECK (kind IN ('user', 'admin'));

ALTER TABLE audit_log ADD COLUMN actor_ip text;
CREATE INDEX audit_log_of_actor ON audit_log (actor_id, entry_id DESC);
CREATE INDEX audit_log_of_subject ON audit_log (subject, entry_id DESC);

-- What was done stays done, whoever asks for another history.
CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_log is append-only';
END
$$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only();
