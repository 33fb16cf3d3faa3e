package com.napalmsky.shared.runtime.memory;

import com.napalmsky.shared.runtime.ManualTimers;
import java.time.Duration;

/** The memory of a process as tests say it is. */
public final class TestMemory {

  private final ManualTimers timers = new ManualTimers();
  private volatile MemoryShares shares = new MemoryShares(0, 0, 0);
  private final MemoryGuard guard = new MemoryGuard(() -> shares);

  public TestMemory() {
    guard.begin(timers);
  }

  /** What guards it. */
  public MemoryGuard guard() {
    return guard;
  }

  /** So much of the heap is in use now, and the guard has seen it. */
  public void use(double heap) {
    shares = new MemoryShares(heap, 0, 0);
    timers.advance(Duration.ofSeconds(1));
  }
}
