package com.napalmsky.gateway.recovery;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all logs of a process share. Safe from any context. */
final class Budget {

  private final long most;
  private final AtomicLong used = new AtomicLong();

  Budget(long most) {
    this.most = most;
  }

  /** Takes some, if there are so many. */
  boolean take(int bytes) {
    if (used.addAndGet(bytes) <= most) {
      return true;
    }
    giveBack(bytes);
    return false;
  }

  void giveBack(int bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }
}
