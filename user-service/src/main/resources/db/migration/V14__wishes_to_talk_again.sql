-- Each member of a call may say that he would like to talk again. When both did, the cooldown that
-- the call brought ends.
ALTER TABLE finished_calls
  ADD COLUMN first_wishes_again boolean NOT NULL DEFAULT false,
  ADD COLUMN second_wishes_again boolean NOT NULL DEFAULT false;
