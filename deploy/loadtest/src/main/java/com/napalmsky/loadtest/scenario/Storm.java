package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Latency;
import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Trouble;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Everybody loses the connection and comes back at once, as after the loss of a gateway. */
final class Storm implements Scenario {

  private static final double LIMIT_SECONDS = 180;

  @Override
  public String name() {
    return "storm";
  }

  @Override
  public String purpose() {
    return "everybody reconnects at once: time until all are back, refusals and their hints";
  }

  @Override
  public Map<Option, String> options() {
    return Map.of(Option.ATTEMPTS, "10");
  }

  @Override
  public void run(Run run) throws RunFailed {
    Crowd crowd = run.gatherAndLook(0);
    Report report = run.report();
    int before = crowd.inLobby();
    run.sampleServer("before the storm");
    CpuMeter cpu = run.meter();
    boolean cut =
        run.await(
            "cutting all connections",
            crowd.onEachLoop(
                loop -> {
                  Promise<Void> done = Promise.promise();
                  loop.executor()
                      .execute(
                          () -> {
                            crowd.on(loop).forEach(Person::cut);
                            done.complete();
                          });
                  return done.future();
                }),
            30);
    long start = Clock.nanos();
    Returns returns = new Returns(run, start);
    boolean over =
        run.await(
            () -> "back in the lobby " + crowd.inLobby() + "/" + before,
            crowd.each(crowd.people().size(), returns::comeBack),
            LIMIT_SECONDS);
    report
        .figure("in the lobby before", before, "users")
        .figure("back in the lobby", crowd.inLobby(), "users")
        .figure("all that came back were back after", returns.latency.all().max() / 1e3, "s")
        .figure("attempts", returns.attempts.sum(), "")
        .figure("refused attempts", returns.refused.sum(), "")
        .figure("refused with a hint when to retry", returns.hinted.sum(), "")
        .figure("server CPU of the storm", cpu.seconds(), "s");
    run.sampleServer("after the storm");
    if (!cut || !over) {
      report.note("the storm was not over within " + (int) LIMIT_SECONDS + " s");
    }
  }

  /** Brings people back, with patience. */
  private static final class Returns {

    private final Report report;
    private final long start;
    private final int most;
    final Latency latency;
    final LongAdder attempts = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder hinted = new LongAdder();

    Returns(Run run, long start) {
      report = run.report();
      this.start = start;
      most = run.options().count(Option.ATTEMPTS);
      latency = report.latency("back in the lobby after");
    }

    Future<Void> comeBack(Person person) {
      return Patience.until(person, most, () -> attempt(person), this::refused)
          .onComplete(
              back -> latency.record(start, Clock.nanos()),
              cause -> report.failures().add("gave up", cause));
    }

    private Future<Void> attempt(Person person) {
      attempts.increment();
      return person.connect().compose(connected -> person.enter());
    }

    private void refused(Trouble why) {
      refused.increment();
      report.failures().add("reconnect", why);
      if (why.retryAfterMillis() >= 0) {
        hinted.increment();
      }
    }
  }
}
