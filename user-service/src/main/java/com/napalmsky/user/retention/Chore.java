package com.napalmsky.user.retention;

import io.vertx.core.Future;

/**
 * One kind of row that is deleted, or changed, when its time is over. A portion may be done twice,
 * and by two instances at once: an instance that stood still may come back after another was
 * elected.
 */
public interface Chore {

  /** What it deletes, as counts and logs call it: lower case, words parted by hyphens. */
  String name();

  /**
   * Does a portion of it, in one short transaction.
   *
   * @param most rows of one portion
   * @return how many rows there were; fewer than {@code most} when nothing is left
   */
  Future<Integer> portion(int most);
}
