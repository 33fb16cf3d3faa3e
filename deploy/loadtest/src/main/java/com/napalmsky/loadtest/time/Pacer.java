package com.napalmsky.loadtest.time;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** Starts operations on an event loop when they are due, whether or not the last ones are done. */
public final class Pacer {

  /** One operation. */
  @FunctionalInterface
  public interface Operation {

    /**
     * @param intendedNanos the moment it was meant to start, to measure from
     */
    void start(long intendedNanos);
  }

  /** What one tick may start; the rest follows a tick later, with its intended time. */
  private static final int MOST_AT_ONCE = 2_000;

  private final Schedule schedule;
  private final Operation operation;
  private final Promise<Void> over = Promise.promise();
  private long started;
  private @Nullable Timer timer;

  private Pacer(Schedule schedule, Operation operation) {
    this.schedule = schedule;
    this.operation = operation;
  }

  /** Completes when the last operation was started; at once for an empty schedule. */
  public static Future<Void> run(EventLoop loop, Schedule schedule, Operation operation) {
    Pacer pacer = new Pacer(schedule, operation);
    loop.execute(
        () -> {
          pacer.timer = Clock.every(loop, 1, pacer::tick);
          pacer.tick();
        });
    return pacer.over.future();
  }

  private void tick() {
    long due = Math.min(schedule.due(Clock.nanos()), started + MOST_AT_ONCE);
    while (started < due) {
      operation.start(schedule.intended(started++));
    }
    if (started >= schedule.count() && timer != null) {
      timer.cancel();
      var unused = over.tryComplete();
    }
  }
}
