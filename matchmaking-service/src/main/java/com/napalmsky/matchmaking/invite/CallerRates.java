package com.napalmsky.matchmaking.invite;

import io.vertx.core.Future;
import java.util.UUID;

/**
 * How many invites each caller may still make: a bucket of tokens that is full again after a
 * minute.
 */
interface CallerRates {

  /**
   * Takes a token.
   *
   * @return false when there is none; never fails
   */
  Future<Boolean> take(UUID callerId);

  /** Returns a token that was not needed. */
  void giveBack(UUID callerId);

  /** How many callers this instance remembers. */
  long size();
}
