package com.napalmsky.shared.contract.user;

import java.time.Instant;
import java.util.List;

/**
 * What a user has talked so far.
 *
 * @param timerTotalSeconds of all calls
 * @param lastSessions at most ten, oldest first
 */
public record Metrics(long timerTotalSeconds, int sessionCount, List<PastSession> lastSessions) {
  public Metrics {
    lastSessions = List.copyOf(lastSessions);
  }

  /** One call among the last ones. */
  public record PastSession(Instant at, int durationSeconds) {}
}
