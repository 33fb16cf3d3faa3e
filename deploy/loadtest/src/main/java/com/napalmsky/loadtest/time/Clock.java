package com.napalmsky.loadtest.time;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The time, in nanoseconds since some moment, and what waits for it. */
public final class Clock {

  private Clock() {}

  /** Now. */
  public static long nanos() {
    return System.nanoTime();
  }

  /** Milliseconds from a moment until now. */
  public static double millisSince(long nanos) {
    return (nanos() - nanos) / 1e6;
  }

  /** Runs a task once, later. */
  public static Timer after(EventLoop loop, long millis, Runnable task) {
    var scheduled = loop.schedule(task, millis, TimeUnit.MILLISECONDS);
    return () -> scheduled.cancel(false);
  }

  /** Runs a task again and again, with this time from start to start. */
  public static Timer every(EventLoop loop, long millis, Runnable task) {
    var scheduled = loop.scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
    return () -> scheduled.cancel(false);
  }

  /** Completes later. */
  public static Future<Void> pause(EventLoop loop, long millis) {
    Promise<Void> over = Promise.promise();
    Timer unused = after(loop, millis, over::complete);
    return over.future();
  }

  /**
   * Has the calling thread wait until something is done, the time is over or somebody says stop;
   * never called on an event loop.
   *
   * @param eachSecond called about once a second meanwhile
   * @return whether it was done in time; done may be a failure
   */
  public static boolean await(
      Future<?> done, double seconds, BooleanSupplier stop, Runnable eachSecond) {
    CountDownLatch latch = new CountDownLatch(1);
    var unused = done.onComplete(outcome -> latch.countDown());
    long start = nanos();
    long end = start + (long) (seconds * 1e9);
    long nextTick = start + TimeUnit.SECONDS.toNanos(1);
    while (!stop.getAsBoolean()) {
      long now = nanos();
      if (latch.getCount() == 0 || now >= end) {
        return latch.getCount() == 0;
      }
      if (now >= nextTick) {
        eachSecond.run();
        nextTick += TimeUnit.SECONDS.toNanos(1);
      }
      try {
        if (latch.await(Math.min(Math.max(1, nextTick - now), end - now), TimeUnit.NANOSECONDS)) {
          return true;
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return latch.getCount() == 0;
  }
}
