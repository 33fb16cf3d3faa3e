package com.napalmsky.loadtest.measure;

import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Timer;
import io.netty.channel.EventLoop;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Watches the generator itself, since one that is overloaded measures itself. */
public final class Generator {

  private static final int TICK_MILLIS = 10;

  /** Above this share of the time on CPU, a loop cannot be trusted to be punctual. */
  private static final double BUSY = 0.9;

  private static final double LATE_MILLIS = 50;

  /** What is shorter shows the start of the JVM. */
  private static final double SETTLED_SECONDS = 3;

  private volatile Latency lag = new Latency("lag");
  private final int loops;
  private long start;
  private double cpuAtStart;
  private long gcAtStart;

  public Generator(List<EventLoop> loops) {
    this.loops = loops.size();
    restart();
    loops.forEach(this::watch);
  }

  /** Each tick is due a while after the last one ran; what it is later than that, others waited. */
  private void watch(EventLoop loop) {
    long due = Clock.nanos() + TICK_MILLIS * 1_000_000L;
    Timer unused =
        Clock.after(
            loop,
            TICK_MILLIS,
            () -> {
              lag.record(due, Clock.nanos());
              watch(loop);
            });
  }

  /** Forgets what was seen until now. */
  public final void restart() {
    lag = new Latency("lag");
    start = Clock.nanos();
    cpuAtStart = cpuSeconds();
    gcAtStart = gcMillis();
  }

  /** Adds what was seen since the last restart. */
  public void report(Report report) {
    double seconds = Clock.millisSince(start) / 1e3;
    double busy = (cpuSeconds() - cpuAtStart) / seconds;
    Percentiles late = lag.all();
    report
        .figure("generator: CPU", busy * 100, "%")
        .figure("generator: loop late, p99", late.p99(), "ms")
        .figure("generator: loop late, longest", late.max(), "ms")
        .figure("generator: garbage collection", gcMillis() - gcAtStart, "ms")
        .figure("generator: RSS", rss() / 1e6, "MB");
    if (seconds > SETTLED_SECONDS && (busy > BUSY * loops || late.p99() > LATE_MILLIS)) {
      report.note(
          "the generator itself was at its limit: latencies are too high (try --loops 2 or fewer users)");
    }
  }

  private static long rss() {
    return ProcessStatus.of(ProcessHandle.current().pid()).map(ProcessStatus::rssBytes).orElse(0L);
  }

  private static double cpuSeconds() {
    return ProcessStatus.of(ProcessHandle.current().pid())
        .map(ProcessStatus::cpuSeconds)
        .orElse(0.0);
  }

  private static long gcMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
