package com.napalmsky.user.retention;

import io.vertx.core.Future;

/** Something that the sweep does besides. Several instances may do it at once. */
@FunctionalInterface
public interface Chore {

  /**
   * Does a portion of it.
   *
   * @param most rows of one portion
   * @return how many rows there were; fewer than {@code most} when nothing is left
   */
  Future<Integer> portion(int most);
}
