package com.napalmsky.shared.runtime;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sun.misc.Signal;

/** What the main thread of a program does: wait. The only place that blocks on a future. */
public final class MainThread {

  private MainThread() {}

  /**
   * Waits for a future; not from an event loop.
   *
   * @throws TimeoutException when it is not complete within the limit
   * @throws RuntimeException whatever the future failed with; a checked cause is wrapped
   */
  public static <T> T await(Future<T> future, Duration limit) throws TimeoutException {
    try {
      return future.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | RuntimeException | Error asDeclared) {
      throw asDeclared;
    } catch (Throwable undeclared) {
      // Vert.x throws the cause as it is, checked or not, past the compiler.
      throw new IllegalStateException(undeclared.getMessage(), undeclared);
    }
  }

  /**
   * Takes over SIGTERM and SIGINT for the rest of the process's life. A handler instead of a
   * shutdown hook, since hooks of libraries run beside ours and pull the floor away while we still
   * stop in order.
   */
  public static StopSignal onStopSignal() {
    CountDownLatch asked = new CountDownLatch(1);
    for (String name : new String[] {"TERM", "INT"}) {
      Signal.handle(new Signal(name), signal -> asked.countDown());
    }
    return new StopSignal(asked);
  }

  /** That somebody asks the program to stop, from outside or within. Safe from any thread. */
  public static final class StopSignal {

    private final CountDownLatch asked;

    private StopSignal(CountDownLatch asked) {
      this.asked = asked;
    }

    /** Asks the program to stop, as a signal does. */
    public void give() {
      asked.countDown();
    }

    /** Waits until somebody does. */
    public void await() throws InterruptedException {
      asked.await();
    }

    /**
     * Waits for a while.
     *
     * @return whether somebody has asked
     */
    public boolean await(Duration limit) throws InterruptedException {
      return asked.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
