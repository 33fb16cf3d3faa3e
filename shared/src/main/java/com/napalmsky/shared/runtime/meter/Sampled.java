package com.napalmsky.shared.runtime.meter;

import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A number that somebody has to be asked for, as it was a moment ago. It is asked for on the
 * context that began; {@link #latest} is safe from any thread.
 *
 * @param <T> immutable
 */
public final class Sampled<T> {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Timers timers;
  private final Supplier<Future<T>> ask;
  private volatile T latest;
  private Timers.Cancellable next = () -> {};
  private boolean stopped;

  /**
   * @param unknown stands until it is known, and stays as long as the answer fails
   */
  public Sampled(Timers timers, T unknown, Supplier<Future<T>> ask) {
    this.timers = timers;
    this.ask = ask;
    this.latest = unknown;
  }

  /** What was heard last. */
  public T latest() {
    return latest;
  }

  /** Asks now and again and again. */
  public void begin() {
    ask.get()
        .onSuccess(known -> latest = known)
        .onComplete(
            answered -> {
              if (!stopped) {
                next = timers.after(INTERVAL, this::begin);
              }
            });
  }

  /** Asks no more; may be called twice. */
  public void stop() {
    stopped = true;
    next.cancel();
  }
}
