package com.napalmsky.cluster.bus;

import com.napalmsky.cluster.bus.SampleContract.Arrived;
import com.napalmsky.cluster.bus.SampleContract.Ask;
import com.napalmsky.cluster.bus.SampleContract.Sample;
import com.napalmsky.shared.bus.TypedBus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** The process that measures. Confined to one context. */
final class Sender {

  /**
   * Published in a row before it is asked whether they have come: the bus would take any number.
   */
  private static final int ROW = 100;

  private static final int ROWS_UNDER_WAY = 4;
  private static final long LONGEST_MICROS = 60_000_000L;

  private final TypedBus bus;

  Sender(TypedBus bus) {
    this.bus = bus;
  }

  /**
   * Requests in a closed loop, the reply as long as the request.
   *
   * @param inFlight how many wait for their reply at the same time
   */
  Future<Series> requests(int bytes, int inFlight, Duration lasting) {
    Sample sample = Sample.of(bytes);
    Histogram micros = new Histogram(LONGEST_MICROS, 3);
    String name = inFlight == 1 ? "request, one at a time" : "request, " + inFlight + " in flight";
    return between(
        lasting,
        inFlight,
        () -> {
          long sent = System.nanoTime();
          return bus.request(SampleContract.ECHO, sample)
              .map(
                  reply -> {
                    micros.recordValue(
                        Math.min(LONGEST_MICROS, (System.nanoTime() - sent) / 1_000));
                    return 1;
                  });
        },
        (turns, before, after, nanos, cpu) ->
            new Series(
                name, bytes, micros, turns, 0, nanos, cpu, after.cpuNanos() - before.cpuNanos()));
  }

  /** Samples that nobody answers. */
  Future<Series> publishes(int bytes, Duration lasting) {
    Sample sample = Sample.of(bytes);
    return between(
        lasting,
        ROWS_UNDER_WAY,
        () -> {
          for (int i = 0; i < ROW; i++) {
            bus.publish(SampleContract.PUBLISHED, sample);
          }
          return arrived().map(answer -> ROW);
        },
        (sent, before, after, nanos, cpu) -> {
          long came = after.samples() - before.samples();
          return new Series(
              "publish",
              bytes,
              new Histogram(LONGEST_MICROS, 3),
              came,
              sent - came,
              nanos,
              cpu,
              after.cpuNanos() - before.cpuNanos());
        });
  }

  private Future<Series> between(
      Duration lasting, int lanes, Supplier<Future<Integer>> turn, Reading reading) {
    return arrived()
        .compose(
            before -> {
              long start = System.nanoTime();
              long cpu = ProcessCpu.nanos();
              List<Future<Long>> running = new ArrayList<>();
              for (int i = 0; i < lanes; i++) {
                running.add(lane(start + lasting.toNanos(), turn));
              }
              return Future.all(running)
                  .compose(
                      done ->
                          arrived()
                              .map(
                                  after ->
                                      reading.of(
                                          running.stream().mapToLong(Future::result).sum(),
                                          before,
                                          after,
                                          System.nanoTime() - start,
                                          ProcessCpu.nanos() - cpu)));
            });
  }

  private static Future<Long> lane(long end, Supplier<Future<Integer>> turn) {
    Promise<Long> over = Promise.promise();
    next(end, 0, turn, over);
    return over.future();
  }

  /** Not a chain of futures: it would keep all of them until the last is done. */
  private static void next(
      long end, long count, Supplier<Future<Integer>> turn, Promise<Long> over) {
    if (System.nanoTime() >= end) {
      over.complete(count);
      return;
    }
    turn.get().onComplete(more -> next(end, count + more, turn, over), over::fail);
  }

  private Future<Arrived> arrived() {
    return bus.request(SampleContract.ARRIVED, new Ask());
  }

  @FunctionalInterface
  private interface Reading {
    Series of(long count, Arrived before, Arrived after, long nanos, long cpuNanos);
  }
}
