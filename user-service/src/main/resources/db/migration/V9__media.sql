-- Every file of ours that is, or may be, in the store. The row is there before the file and until
-- after it, so whatever dies in between leaves a row that says what to delete.
CREATE TABLE media_files (
  name text PRIMARY KEY CHECK (name ~ '^[A-Za-z0-9_-]{24}\.(jpg|webm|mp4)$'),
  -- Null when its owner is deleted: then nobody is to see it any more.
  user_id uuid REFERENCES users ON DELETE SET NULL,
  kind text NOT NULL CHECK (kind IN ('selfie', 'video')),
  bytes bigint NOT NULL CHECK (bytes >= 0),
  -- pending: on its way into the store; current: in a profile; replaced: to be deleted.
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'current', 'replaced')),
  created_at timestamptz NOT NULL
);
-- What a profile shows is one file of each kind, whoever uploads twice at the same time.
CREATE UNIQUE INDEX media_files_current ON media_files (user_id, kind) WHERE state = 'current';
-- A deleted account looks for its files.
CREATE INDEX media_files_of_user ON media_files (user_id);
-- The purge looks for what nobody shows; that is next to nothing.
CREATE INDEX media_files_unwanted ON media_files (name)
  WHERE user_id IS NULL OR state <> 'current';

-- What a user has sent today, whatever became of it.
CREATE TABLE media_usage (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  day date NOT NULL,
  uploads integer NOT NULL,
  bytes bigint NOT NULL,
  PRIMARY KEY (user_id, day)
);
CREATE INDEX media_usage_by_day ON media_usage (day);
