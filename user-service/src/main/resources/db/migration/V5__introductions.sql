-- Who was introduced to whom, and what the target knows of it. A row of its own instead of columns
-- in users: whoever is registered may be introduced to several people, and the notification is a
-- state of the introduction, so that it can never be there twice.
CREATE TABLE introductions (
  -- Also the id of the notification.
  introduction_id uuid PRIMARY KEY,
  target_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  newcomer_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  -- Null when the introducer is deleted; his name goes with him.
  introduced_by uuid REFERENCES users ON DELETE SET NULL,
  -- No foreign key: links are deleted when they have run out.
  via_code text,
  introduced_at timestamptz NOT NULL,
  -- Since when the newcomer has selfie and video, and so the target hears of him.
  notified_at timestamptz,
  read_at timestamptz,
  -- Kept, so that the same newcomer does not come back by another link.
  removed_at timestamptz,
  CONSTRAINT introductions_once UNIQUE (target_id, newcomer_id),
  CONSTRAINT introductions_of_two_people CHECK (target_id <> newcomer_id),
  CONSTRAINT introductions_read_after_notified CHECK (read_at IS NULL OR notified_at IS NOT NULL)
);
CREATE INDEX introductions_of_newcomer ON introductions (newcomer_id);
CREATE INDEX introductions_by_introducer ON introductions (introduced_by)
  WHERE introduced_by IS NOT NULL;
-- Asked each time somebody signs in on a socket, and nearly always empty for him.
CREATE INDEX introductions_unread ON introductions (target_id)
  WHERE notified_at IS NOT NULL AND read_at IS NULL AND removed_at IS NULL;

INSERT INTO introductions
  (introduction_id, target_id, newcomer_id, introduced_by, via_code, introduced_at)
  SELECT gen_random_uuid(), introduced_to, user_id, introduced_by, introduced_via_code, created_at
  FROM users WHERE introduced_to <> user_id;

INSERT INTO introductions AS i
  (introduction_id, target_id, newcomer_id, introduced_by, introduced_at, notified_at, read_at)
  SELECT id, for_user_id, referred_user_id, introduced_by, created_at, created_at, read_at
  FROM referral_notifications WHERE for_user_id <> referred_user_id
  ON CONFLICT (target_id, newcomer_id) DO UPDATE SET
    introduction_id = excluded.introduction_id,
    introduced_by = coalesce(i.introduced_by, excluded.introduced_by),
    notified_at = excluded.notified_at,
    read_at = excluded.read_at;

DROP TABLE referral_notifications;
ALTER TABLE users
  DROP COLUMN introduced_to,
  DROP COLUMN introduced_by,
  DROP COLUMN introduced_via_code;

-- The sweep deletes by age.
CREATE INDEX referral_codes_by_expiry ON referral_codes (expires_at);
