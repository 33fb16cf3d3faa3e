-- Everything a user would miss. All times are timestamptz: a zone-less time changes its meaning with
-- the server's setting. Words of closed sets are text with a CHECK, so that a new word is a one-line
-- migration and not a change of type.

CREATE TABLE users (
  user_id uuid PRIMARY KEY,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  gender text NOT NULL CHECK (gender IN ('female', 'male', 'nonbinary', 'unspecified')),
  role text NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'admin')),
  email text CHECK (char_length(email) <= 254),
  password_hash text,
  -- Derived, so that an account can never be called permanent without a way to log in.
  account_type text NOT NULL GENERATED ALWAYS AS
    (CASE WHEN email IS NULL THEN 'guest' ELSE 'permanent' END) STORED,
  selfie_url text,
  video_url text,
  socials jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(socials) = 'object'),
  timer_total_seconds bigint NOT NULL DEFAULT 0 CHECK (timer_total_seconds >= 0),
  session_count integer NOT NULL DEFAULT 0 CHECK (session_count >= 0),
  -- At most ten, oldest first; read and written as a whole, never searched.
  last_sessions jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(last_sessions) = 'array'),
  streak_days integer,
  introduced_to uuid REFERENCES users ON DELETE SET NULL,
  introduced_via_code text,
  introduced_by uuid REFERENCES users ON DELETE SET NULL,
  paid_status text NOT NULL DEFAULT 'unpaid'
    CHECK (paid_status IN ('unpaid', 'paid', 'qr_verified', 'qr_grace_period')),
  paid_at timestamptz,
  payment_id text,
  invite_code_used text,
  qr_unlocked boolean NOT NULL DEFAULT false,
  qr_unlocked_at timestamptz,
  successful_sessions integer NOT NULL DEFAULT 0 CHECK (successful_sessions >= 0),
  ban_status text NOT NULL DEFAULT 'none'
    CHECK (ban_status IN ('none', 'temporary', 'permanent', 'vindicated')),
  banned_at timestamptz,
  banned_reason text,
  review_status text
    CHECK (review_status IN ('pending', 'reviewed_ban', 'reviewed_vindicate')),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  -- Half a credential is either an account nobody can enter or one anybody can.
  CONSTRAINT users_credentials_are_whole CHECK ((email IS NULL) = (password_hash IS NULL)),
  CONSTRAINT users_unlocked_since_when CHECK (qr_unlocked = (qr_unlocked_at IS NOT NULL))
);

-- Ada@example.org and ada@example.org reach the same mailbox, so they are one account; imported
-- addresses may be of mixed case, which is why the index and not the column folds it.
CREATE UNIQUE INDEX users_email_key ON users (lower(email));
-- "Who was introduced to me": asked each time somebody enters the lobby.
CREATE INDEX users_introduced_to ON users (introduced_to) WHERE introduced_to IS NOT NULL;
CREATE INDEX users_introduced_by ON users (introduced_by) WHERE introduced_by IS NOT NULL;

-- Keyed by the hash of the token: whoever reads this table cannot act as anybody.
CREATE TABLE sessions (
  token_hash text PRIMARY KEY CHECK (token_hash ~ '^[A-Za-z0-9_-]{43}$'),
  session_id uuid NOT NULL UNIQUE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  ip_address text,
  device_info text CHECK (char_length(device_info) <= 200),
  -- A displaced session is kept until it would have expired, to tell its holder what happened.
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'displaced', 'logged_out')),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  last_active_at timestamptz NOT NULL,
  ended_at timestamptz,
  CONSTRAINT sessions_ended_since_when CHECK ((state = 'active') = (ended_at IS NULL))
);
-- A login ends all of a user's sessions.
CREATE INDEX sessions_of_user ON sessions (user_id);
-- The sweep deletes by age.
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- The first writer of a room wins; everybody later finds his answer here. This is what makes the
-- recording of a call idempotent.
CREATE TABLE finished_calls (
  room_id uuid PRIMARY KEY,
  session_id text NOT NULL,
  -- No foreign keys: that two people met stays true when one of them is deleted.
  first_id uuid NOT NULL,
  second_id uuid NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL,
  duration_seconds integer NOT NULL CHECK (duration_seconds >= 0),
  reason text NOT NULL,
  cooldown_expiry timestamptz,
  first_unlocked boolean NOT NULL DEFAULT false,
  second_unlocked boolean NOT NULL DEFAULT false,
  recorded_at timestamptz NOT NULL,
  CHECK (first_id <> second_id)
);
-- "Did these two share a call lately": a report is judged by it.
CREATE INDEX finished_calls_of_first ON finished_calls (first_id, ended_at);
CREATE INDEX finished_calls_of_second ON finished_calls (second_id, ended_at);

-- One row for each member. The session alone as key would lose the second member's row.
CREATE TABLE chat_history (
  session_id text NOT NULL,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  -- The partner may be deleted; what he was called then stays.
  partner_id uuid NOT NULL,
  partner_name text NOT NULL,
  room_id uuid NOT NULL,
  started_at timestamptz NOT NULL,
  duration integer NOT NULL CHECK (duration >= 0),
  messages jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(messages) = 'array'),
  PRIMARY KEY (session_id, user_id),
  -- Clients use the room as the key of a list.
  CONSTRAINT chat_history_room_once UNIQUE (room_id, user_id)
);
CREATE INDEX chat_history_newest_first ON chat_history (user_id, started_at DESC);

-- One credit for each partner and day (of UTC): two friends calling each other ten times in a row
-- unlock nothing.
CREATE TABLE session_completions (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  partner_id uuid NOT NULL,
  day date NOT NULL,
  room_id uuid NOT NULL,
  duration_seconds integer NOT NULL CHECK (duration_seconds >= 0),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, partner_id, day)
);

-- The order within the pair is PostgreSQL's order of uuids, which is that of their text.
CREATE TABLE cooldowns (
  user_id_1 uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  user_id_2 uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  reason text NOT NULL CHECK (reason IN ('call_ended', 'declined', 'rescinded', 'timeout')),
  set_at timestamptz NOT NULL,
  PRIMARY KEY (user_id_1, user_id_2),
  CONSTRAINT cooldowns_pair_is_ordered CHECK (user_id_1 < user_id_2)
);
-- The primary key finds a user who stands first; this one finds him second.
CREATE INDEX cooldowns_of_second ON cooldowns (user_id_2, expires_at);
CREATE INDEX cooldowns_by_expiry ON cooldowns (expires_at);

-- The own code of a user is found by its owner, not stored twice in his row, so there is one truth
-- about how often it can still be used.
CREATE TABLE invite_codes (
  code text PRIMARY KEY CHECK (code ~ '^[A-Z0-9]{16}$'),
  -- Null when the maker is deleted: a printed code stays good.
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL,
  type text NOT NULL CHECK (type IN ('user', 'admin')),
  max_uses integer NOT NULL,
  uses_remaining integer NOT NULL,
  total_used integer NOT NULL DEFAULT 0 CHECK (total_used >= 0),
  is_active boolean NOT NULL DEFAULT true,
  CONSTRAINT invite_codes_uses_add_up CHECK (
    (type = 'admin' AND max_uses = -1 AND uses_remaining = -1)
    OR (type = 'user' AND max_uses > 0 AND uses_remaining BETWEEN 0 AND max_uses))
);
-- However often an unlock or a payment is repeated, a user gets one code.
CREATE UNIQUE INDEX invite_codes_one_per_user ON invite_codes (created_by) WHERE type = 'user';

CREATE TABLE code_uses (
  code text NOT NULL REFERENCES invite_codes ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  used_at timestamptz NOT NULL,
  PRIMARY KEY (code, user_id)
);
CREATE INDEX code_uses_of_user ON code_uses (user_id);

-- Links "meet B", made by A. They replace a column in users that could hold one code only.
CREATE TABLE referral_codes (
  code text PRIMARY KEY CHECK (code ~ '^[A-Z0-9]{10}$'),
  created_by uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  target_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  CHECK (created_by <> target_id)
);
CREATE INDEX referral_codes_of_maker ON referral_codes (created_by, created_at);
CREATE INDEX referral_codes_of_target ON referral_codes (target_id);

CREATE TABLE referral_notifications (
  id uuid PRIMARY KEY,
  for_user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  referred_user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  referred_name text NOT NULL,
  introduced_by uuid REFERENCES users ON DELETE SET NULL,
  introduced_by_name text NOT NULL,
  created_at timestamptz NOT NULL,
  read_at timestamptz,
  -- One notification for each newcomer, however often he films his video again.
  CONSTRAINT referral_notifications_once UNIQUE (for_user_id, referred_user_id)
);
CREATE INDEX referral_notifications_of_newcomer ON referral_notifications (referred_user_id);

CREATE TABLE reports (
  report_id uuid PRIMARY KEY,
  reported_user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  reporter_user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  reporter_ip text,
  reason text NOT NULL CHECK (char_length(reason) <= 1000),
  room_id uuid,
  created_at timestamptz NOT NULL,
  -- Two reports in parallel count as one reporter.
  CONSTRAINT reports_once_per_pair UNIQUE (reporter_user_id, reported_user_id),
  CHECK (reporter_user_id <> reported_user_id)
);
CREATE INDEX reports_of_reported ON reports (reported_user_id, created_at);

CREATE TABLE blocks (
  blocker_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  blocked_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (blocker_id, blocked_id),
  CHECK (blocker_id <> blocked_id)
);
-- Hiding is mutual, so the blocked one looks himself up too.
CREATE INDEX blocks_of_blocked ON blocks (blocked_id);

CREATE TABLE ban_records (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  ban_status text NOT NULL
    CHECK (ban_status IN ('none', 'temporary', 'permanent', 'vindicated')),
  banned_at timestamptz NOT NULL,
  banned_reason text NOT NULL,
  report_count integer NOT NULL CHECK (report_count >= 0),
  review_status text NOT NULL
    CHECK (review_status IN ('pending', 'reviewed_ban', 'reviewed_vindicate')),
  reviewed_at timestamptz,
  reviewed_by uuid REFERENCES users ON DELETE SET NULL,
  ip_addresses text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX ban_records_by_review ON ban_records (review_status, banned_at);

CREATE TABLE ip_bans (
  ip_address text PRIMARY KEY,
  user_id uuid REFERENCES users ON DELETE SET NULL,
  reason text NOT NULL,
  banned_at timestamptz NOT NULL
);

-- A payment is announced more than once, and in any order. The event is the key of the announcement,
-- the checkout that of the payment.
CREATE TABLE stripe_events (
  event_id text PRIMARY KEY,
  checkout_session_id text UNIQUE,
  type text NOT NULL,
  -- Null when the payer is unknown or deleted: money that came in is never forgotten.
  user_id uuid REFERENCES users ON DELETE SET NULL,
  amount_cents integer,
  currency text,
  received_at timestamptz NOT NULL
);

CREATE TABLE audit_log (
  entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  -- No foreign key: the log outlives the people in it.
  actor_id uuid,
  action text NOT NULL,
  subject text,
  details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_newest_first ON audit_log (at DESC);
