package com.napalmsky.shared.runtime.memory;

/**
 * How much room a process has left.
 *
 * <pre>
 *   AMPLE --at 80 %--> TIGHT --at 90 %--> SHORT
 *     ^                  |                  |
 *     '---below 75 %-----+------------------'
 * </pre>
 */
public enum MemoryLevel {
  AMPLE,
  /** Caches keep less, long answers get shorter. */
  TIGHT,
  /** Besides, nobody new is let in and no file is taken. */
  SHORT;

  private static final double TIGHT_FROM = 0.80;
  private static final double SHORT_FROM = 0.90;
  private static final double AMPLE_BELOW = 0.75;

  /** A share at which everything is let in. */
  static final double HARMLESS = AMPLE_BELOW - 0.01;

  /**
   * The level that follows.
   *
   * @param share of the memory that is in use, 1 for all of it
   */
  MemoryLevel next(double share) {
    if (share >= SHORT_FROM) {
      return SHORT;
    }
    if (share < AMPLE_BELOW) {
      return AMPLE;
    }
    return this == AMPLE && share >= TIGHT_FROM ? TIGHT : this;
  }
}
