package com.napalmsky.user.reset;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of requests for a reset. Safe from any context. */
public final class ResetCounts {

  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder givenUp = new LongAdder();
  private final LongAdder forNobody = new LongAdder();
  private final LongAdder tooMany = new LongAdder();

  void sent() {
    sent.increment();
  }

  void failed() {
    failed.increment();
  }

  void givenUp() {
    givenUp.increment();
  }

  void forNobody() {
    forNobody.increment();
  }

  void tooMany() {
    tooMany.increment();
  }

  /** The counts, as health tells them. */
  public Map<String, String> details() {
    return Map.of(
        "resets.mailed", String.valueOf(sent.sum()),
        "resets.mail-failed", String.valueOf(failed.sum()),
        "resets.given-up", String.valueOf(givenUp.sum()),
        "resets.for-nobody", String.valueOf(forNobody.sum()),
        "resets.too-many", String.valueOf(tooMany.sum()));
  }
}
