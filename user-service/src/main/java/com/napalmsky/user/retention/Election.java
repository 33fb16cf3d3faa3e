package com.napalmsky.user.retention;

import io.vertx.core.Future;

/** Who of all instances sweeps: one at a time. Confined to the context that stands in it. */
public interface Election {

  /**
   * Stands, or looks whether this instance still is the one.
   *
   * @return whether it is the one; fails when that cannot be known
   */
  Future<Boolean> stand();

  /** Whether it was the one when that was last known; false as soon as it is known not to be. */
  boolean elected();

  /** Lets another instance be the one. Succeeds in any case. */
  Future<Void> stepDown();
}
