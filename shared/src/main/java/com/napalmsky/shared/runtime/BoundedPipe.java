package com.napalmsky.shared.runtime;

import com.napalmsky.shared.runtime.Timers.Cancellable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;
import java.time.Instant;

/**
 * Passes bytes on as fast as they are taken, and no further than its limits. What waits in between
 * is no more than the two streams themselves hold.
 *
 * <p>For one use, confined to the context of its streams. The sink is neither ended nor closed.
 */
public final class BoundedPipe {

  /**
   * @param mostBytes that may pass
   * @param stall how long no byte may come, or none be taken
   * @param whole how long it may take altogether
   */
  public record Limits(long mostBytes, Duration stall, Duration whole) {}

  /** Which limit was reached. */
  public enum Limit {
    TOO_LARGE,
    /** Nothing came for too long, or all of it took too long. */
    SOURCE_TOO_SLOW,
    /** Nothing was taken for too long. */
    SINK_TOO_SLOW
  }

  /** A limit was reached. */
  public static final class LimitReached extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Limit limit;

    LimitReached(Limit limit) {
      super(limit.toString(), null, false, false);
      this.limit = limit;
    }

    public Limit limit() {
      return limit;
    }
  }

  private final Timers timers;
  private final Limits limits;
  private final ReadStream<Buffer> from;
  private final WriteStream<Buffer> to;
  private final Promise<Long> passed = Promise.promise();

  private long bytes;
  private boolean waiting;
  private Instant begun;
  private Instant progress;
  private Cancellable watch = () -> {};

  /**
   * @param from paused, or about to deliver nothing before {@link #run}
   */
  public BoundedPipe(
      Timers timers, Limits limits, ReadStream<Buffer> from, WriteStream<Buffer> to) {
    this.timers = timers;
    this.limits = limits;
    this.from = from;
    this.to = to;
    this.begun = timers.now();
    this.progress = begun;
  }

  /**
   * Begins.
   *
   * @return how many bytes passed, when the source has ended and the sink has been given all of
   *     them; fails with {@link LimitReached}, with what a stream failed with, or with what {@link
   *     #stop} was given. The source is paused then.
   */
  public Future<Long> run() {
    begun = timers.now();
    progress = begun;
    from.exceptionHandler(this::stop);
    to.exceptionHandler(this::stop);
    from.handler(this::pass);
    from.endHandler(ended -> passed.tryComplete(bytes));
    watch();
    from.resume();
    return passed
        .future()
        .onComplete(
            done -> watch.cancel(),
            failed -> {
              watch.cancel();
              from.pause();
            });
  }

  /** Ends it before its time; does nothing when it has ended. */
  public void stop(Throwable cause) {
    passed.tryFail(cause);
  }

  /** How many bytes came so far. */
  public long bytes() {
    return bytes;
  }

  private void pass(Buffer chunk) {
    if (passed.future().isComplete()) {
      return;
    }
    bytes += chunk.length();
    if (bytes > limits.mostBytes()) {
      stop(new LimitReached(Limit.TOO_LARGE));
      return;
    }
    progress = timers.now();
    to.write(chunk).onComplete(written -> {}, this::stop);
    if (to.writeQueueFull() && !waiting) {
      waiting = true;
      from.pause();
      to.drainHandler(
          drained -> {
            waiting = false;
            progress = timers.now();
            if (!passed.future().isComplete()) {
              from.resume();
            }
          });
    }
  }

  /** One timer that looks now and then, instead of one for each chunk. */
  private void watch() {
    Instant now = timers.now();
    Duration still = Duration.between(progress, now);
    boolean late = Duration.between(begun, now).compareTo(limits.whole()) >= 0;
    if (late || still.compareTo(limits.stall()) >= 0) {
      boolean sink = waiting && !late;
      stop(new LimitReached(sink ? Limit.SINK_TOO_SLOW : Limit.SOURCE_TOO_SLOW));
      return;
    }
    Duration quiet = limits.stall().minus(still);
    Duration rest = limits.whole().minus(Duration.between(begun, now));
    watch = timers.after(quiet.compareTo(rest) < 0 ? quiet : rest, this::watch);
  }
}
