package com.napalmsky.shared.runtime.memory;

/**
 * For how long it is believed what a full collection left. Such a reading stands until the next
 * full collection, and where nothing is allocated, as on a server that refuses whatever is new,
 * there is none: without an end the server would refuse for good what it has had room for since.
 * While the heap is really full, one collection follows the other, and each reading is fresh.
 *
 * <p>Confined to who looks.
 */
final class Belief {

  /** One a second. */
  private static final int LOOKS = 60;

  private long last = -1;
  private int looks;

  /**
   * Whether a reading may still be believed.
   *
   * @param left bytes; two collections never leave the same to the byte
   */
  boolean in(long left) {
    looks = left == last ? looks + 1 : 0;
    last = left;
    return looks < LOOKS;
  }
}
