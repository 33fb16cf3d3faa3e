package com.napalmsky.matchmaking.invite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an invite is ended. It is kept beside the invite until all that follows is done, for whoever
 * has to go on when the one who ended it is lost.
 *
 * @param acceptance set exactly when accepted
 * @param at when it ended, from which cooldowns are counted however late they are stored
 * @param heldUntil how long nobody else does what follows
 */
record End(Ending ending, @Nullable Acceptance acceptance, Instant at, Instant heldUntil) {

  End {
    if ((acceptance == null) == (ending == Ending.ACCEPTED)) {
      throw new IllegalArgumentException("an acceptance goes with " + Ending.ACCEPTED);
    }
  }
}
