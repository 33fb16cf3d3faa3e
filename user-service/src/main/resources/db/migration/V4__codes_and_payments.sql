-- What an access code is called is the label of an administrator's code. A user's code is called after
-- its maker as he is now: a name stored here would outlive his account.
ALTER TABLE invite_codes ALTER COLUMN created_by_name DROP NOT NULL;
UPDATE invite_codes SET created_by_name = NULL WHERE type = 'user' AND created_by IS NOT NULL;

-- Inactive is also a code that is not yet unlocked. What an administrator has taken away must not come
-- back with the unlock or a payment.
ALTER TABLE invite_codes ADD COLUMN deactivated_at timestamptz;
ALTER TABLE invite_codes ADD CONSTRAINT invite_codes_deactivated_is_inactive
  CHECK (deactivated_at IS NULL OR NOT is_active);
CREATE INDEX invite_codes_newest_first ON invite_codes (created_at DESC, code);
-- A deleted maker is looked for in all codes, not only in those of users.
CREATE INDEX invite_codes_of_maker ON invite_codes (created_by);

ALTER TABLE stripe_events
  -- What the announcement brought: access, or why not.
  ADD COLUMN outcome text NOT NULL DEFAULT 'granted' CHECK (outcome IN
    ('granted', 'already_paid', 'unpaid', 'too_little', 'wrong_currency', 'unknown_user')),
  -- Whom Stripe named, as it came: how money without an account finds its owner.
  ADD COLUMN reference text CHECK (char_length(reference) <= 200),
  ADD COLUMN payment_intent text CHECK (char_length(payment_intent) <= 255);
ALTER TABLE stripe_events ALTER COLUMN outcome DROP DEFAULT;
CREATE INDEX stripe_events_of_user ON stripe_events (user_id);

-- The page a user may be paying on right now: one for each user, so the table does not grow with
-- attempts. Gone when Stripe says that it is over.
CREATE TABLE checkouts (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  -- Names the attempt to Stripe: whoever clicks twice gets one page.
  attempt_id uuid NOT NULL,
  -- Null until Stripe has answered.
  checkout_session_id text UNIQUE CHECK (char_length(checkout_session_id) <= 255),
  created_at timestamptz NOT NULL,
  looked_up_at timestamptz
);
