package com.napalmsky.gateway.http.media;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** How many transfers may be under way in this process. Safe from any context. */
public final class Places {

  private final int most;
  private final BooleanSupplier memoryLeft;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * @param memoryLeft asked before each transfer; false refuses it like a full house
   */
  public Places(int most, BooleanSupplier memoryLeft) {
    this.most = most;
    this.memoryLeft = memoryLeft;
  }

  /** Takes a place, if there is one; who got it gives it back. */
  boolean take() {
    if (!memoryLeft.getAsBoolean()) {
      return false;
    }
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      return false;
    }
    return true;
  }

  void giveBack() {
    taken.decrementAndGet();
  }

  /** How many transfers are under way now. */
  public int taken() {
    return taken.get();
  }

  /** How many may be. */
  public int most() {
    return most;
  }
}
