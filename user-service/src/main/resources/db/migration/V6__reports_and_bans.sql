-- A ban can end by itself. The status stays as it was written until somebody cleans up, so whoever
-- reads it looks at the end as well.
ALTER TABLE users
  ADD COLUMN banned_until timestamptz,
  -- When this or the status last changed: what happened lately is announced again and again.
  ADD COLUMN ban_changed_at timestamptz,
  -- How many of his reports turned out to be wrong; outlives the reports, which are deleted.
  ADD COLUMN reports_vindicated integer NOT NULL DEFAULT 0 CHECK (reports_vindicated >= 0);
CREATE INDEX users_ban_changed ON users (ban_changed_at) WHERE ban_changed_at IS NOT NULL;
CREATE INDEX users_banned_until ON users (banned_until) WHERE banned_until IS NOT NULL;

-- A report hides two people from each other for good; when it is deleted by age this is what stays.
ALTER TABLE blocks ADD COLUMN by_report boolean NOT NULL DEFAULT false;
CREATE INDEX blocks_newest_first ON blocks (blocker_id, created_at DESC, blocked_id DESC);

CREATE INDEX reports_newest_first ON reports (created_at DESC, report_id DESC);
CREATE INDEX reports_of_reporter ON reports (reporter_user_id, created_at);

ALTER TABLE ban_records
  ADD COLUMN until timestamptz,
  ADD COLUMN review_reason text CHECK (char_length(review_reason) <= 1000),
  ADD COLUMN appeal text CHECK (char_length(appeal) <= 2000),
  ADD COLUMN appealed_at timestamptz,
  -- When a ban of this user last ended, however: only later reports can bring the next one.
  ADD COLUMN counted_since timestamptz,
  ADD CONSTRAINT ban_records_appealed_when CHECK ((appeal IS NULL) = (appealed_at IS NULL));

-- The address may be a network. The id is what a client can name in an address.
ALTER TABLE ip_bans
  ADD COLUMN ban_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  ADD COLUMN expires_at timestamptz,
  -- No foreign key, like the actor of the audit log.
  ADD COLUMN banned_by uuid;
CREATE INDEX ip_bans_newest_first ON ip_bans (banned_at DESC, ban_id DESC);
