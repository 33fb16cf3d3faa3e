package com.napalmsky.shared.bus;

import com.napalmsky.shared.bus.TrafficContract.Direction;
import com.napalmsky.shared.bus.TrafficContract.Failures;
import com.napalmsky.shared.bus.TrafficContract.Flow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Measures one address in one direction. Safe from any thread, but for {@link #take}, which only
 * one at a time may ask.
 */
final class FlowMeter {

  /** Enough to tell 1.0 ms from 1.1 ms. */
  private static final int DIGITS = 2;

  /** Why a request was not answered with a reply. */
  enum Kind {
    INVALID_REQUEST,
    CONFLICT,
    OVERLOADED,
    INTERNAL,
    UNAVAILABLE,
    /** Nobody served it. */
    NOBODY_THERE,
    /** Nothing was answered in time. */
    SILENCE,
    /** It came after its sender had given up, and was not carried out. */
    TOO_LATE;

    static Kind of(Throwable cause) {
      if (!(cause instanceof ServiceFailure failure)) {
        return INTERNAL;
      }
      if (failure.reachedNobody()) {
        return NOBODY_THERE;
      }
      return failure.isSilence() ? SILENCE : valueOf(failure.code().name());
    }
  }

  /** A record on its way, whose bytes are counted when it leaves this process. */
  record Counted(Record message, FlowMeter meter) {}

  private final String address;
  private final Direction direction;
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final AtomicLong inFlight = new AtomicLong();
  private final Recorder micros = new Recorder(DIGITS);
  private final Map<Kind, LongAdder> failures = new EnumMap<>(Kind.class);
  private @Nullable Histogram before;

  FlowMeter(String address, Direction direction) {
    this.address = address;
    this.direction = direction;
    for (Kind kind : Kind.values()) {
      failures.put(kind, new LongAdder());
    }
  }

  /** Counts an event. */
  void event() {
    messages.increment();
  }

  /**
   * Counts a request or an event that is handled, in flight until {@link #ended}.
   *
   * @return when it began, for {@link #ended}
   */
  long begun() {
    messages.increment();
    inFlight.incrementAndGet();
    return System.nanoTime();
  }

  /** Counts the end of a request that began. */
  <T> Future<T> answered(long begun, Future<T> answer) {
    return answer.onComplete(reply -> ended(begun, null), cause -> ended(begun, cause));
  }

  /**
   * Counts the end of what began.
   *
   * @param cause why it failed, or null
   */
  void ended(long begun, @Nullable Throwable cause) {
    inFlight.decrementAndGet();
    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, System.nanoTime() - begun)));
    if (cause != null) {
      failed(Kind.of(cause));
    }
  }

  void failed(Kind kind) {
    LongAdder count = failures.get(kind);
    if (count != null) {
      count.increment();
    }
  }

  /** Counts the bytes of a body that came from another process; those of others are none. */
  void came(Object body) {
    if (body instanceof RecordCodec.Encoded encoded) {
      crossed(encoded.json().length);
    }
  }

  void crossed(int count) {
    bytes.add(count);
  }

  /** What was measured since the last time; null when nothing moved and nothing waits. */
  @Nullable Flow take() {
    Histogram times = micros.getIntervalHistogram(before);
    before = times;
    List<Failures> failed = new ArrayList<>();
    failures.forEach(
        (kind, adder) -> {
          long count = adder.sumThenReset();
          if (count > 0) {
            failed.add(new Failures(kind.name().toLowerCase(Locale.ROOT), count));
          }
        });
    long came = messages.sumThenReset();
    long crossed = bytes.sumThenReset();
    long waiting = inFlight.get();
    if (came == 0
        && crossed == 0
        && waiting == 0
        && failed.isEmpty()
        && times.getTotalCount() == 0) {
      return null;
    }
    return new Flow(
        address,
        direction,
        came,
        crossed,
        waiting,
        times.getValueAtPercentile(50),
        times.getValueAtPercentile(99),
        failed);
  }
}
