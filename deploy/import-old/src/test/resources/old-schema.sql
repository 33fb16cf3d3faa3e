-- The tables of the old server as an import meets them: names and types of columns, no constraint
-- but the keys, because a constraint that somebody dropped protects nobody.
CREATE TABLE users (
  user_id uuid PRIMARY KEY, name text, gender text, account_type text, email text UNIQUE,
  password_hash text, selfie_url text, video_url text, socials json,
  timer_total_seconds integer, session_count integer, last_sessions json, streak_days integer,
  referral_code text, referred_by uuid, introduced_to uuid, introduced_via_code text,
  introduced_by uuid, paid_status text, paid_at timestamp, payment_id text, invite_code_used text,
  my_invite_code text, invite_code_uses_remaining integer, qr_unlocked boolean,
  successful_sessions integer, qr_unlocked_at timestamp, ban_status text, banned_at timestamp,
  banned_reason text, review_status text, created_at timestamp, updated_at timestamp);
CREATE TABLE sessions (
  session_token uuid PRIMARY KEY, user_id uuid, ip_address inet, device_info text,
  is_active boolean, created_at timestamp, expires_at timestamp, last_active_at timestamp);
CREATE TABLE chat_history (
  session_id text PRIMARY KEY, user_id uuid, partner_id uuid, partner_name text, room_id uuid,
  started_at timestamp, duration integer, messages json);
CREATE TABLE session_completions (
  user_id uuid, partner_id uuid, room_id uuid, duration_seconds integer, completed_at timestamp,
  UNIQUE (user_id, room_id));
CREATE TABLE cooldowns (
  user_id_1 uuid, user_id_2 uuid, expires_at timestamp, created_at timestamp,
  UNIQUE (user_id_1, user_id_2));
CREATE TABLE invite_codes (
  code text PRIMARY KEY, created_by uuid, created_by_name text, created_at timestamp, type text,
  max_uses integer, uses_remaining integer, used_by json, is_active boolean);
CREATE TABLE reports (
  report_id uuid PRIMARY KEY, reported_user_id uuid, reporter_user_id uuid, reporter_ip inet,
  reason text, room_id uuid, "timestamp" timestamp);
CREATE TABLE ban_records (
  user_id uuid PRIMARY KEY, ban_status text, banned_at timestamp, banned_reason text,
  report_count integer, review_status text, reviewed_at timestamp, reviewed_by uuid,
  ip_addresses json);
CREATE TABLE ip_bans (
  ip_address inet PRIMARY KEY, banned_at timestamp, user_id uuid, reason text);
CREATE TABLE referral_notifications (
  id uuid PRIMARY KEY, for_user_id uuid, referred_user_id uuid, referred_name text,
  introduced_by uuid, introduced_by_name text, "timestamp" timestamp, read boolean);
CREATE TABLE audit_log (id integer PRIMARY KEY, details json);
