package com.napalmsky.gateway.limits;

/**
 * What is left of a limit for one key.
 *
 * @param most how many requests fit into the window; 0 for no limit
 * @param remaining how many of them are left
 * @param resetSeconds until the window ends, at least 1
 * @param exceeded whether this request is one too many
 */
public record Allowance(Limit limit, int most, int remaining, long resetSeconds, boolean exceeded) {

  /** Whether there is a limit at all. */
  public boolean limited() {
    return most > 0;
  }

  /** The one that leaves less. */
  public Allowance tighter(Allowance other) {
    if (!other.limited()) {
      return this;
    }
    if (!limited() || other.exceeded()) {
      return other;
    }
    return exceeded || remaining <= other.remaining ? this : other;
  }
}
