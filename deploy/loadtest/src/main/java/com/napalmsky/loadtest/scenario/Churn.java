package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Traffic;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.time.Clock;
import io.vertx.core.Future;
import java.util.Map;

/** People leave the lobby and come back while the others look at them. */
final class Churn implements Scenario {

  private static final double REST_SECONDS = 3;
  private static final double QUIET_SECONDS = 1;
  private static final double DRAIN_SECONDS = 30;

  @Override
  public String name() {
    return "churn";
  }

  @Override
  public String purpose() {
    return "a lobby that changes: time until the others hear of it, CPU and bytes of each change";
  }

  @Override
  public Map<Option, String> options() {
    return Map.of(
        Option.SECONDS, "30",
        Option.WARMUP_SECONDS, "5",
        Option.RATE, "10",
        Option.POLL_SECONDS, "0");
  }

  @Override
  public void run(Run run) throws RunFailed {
    Crowd crowd = run.gatherAndLook(0);
    Report report = run.report();
    run.sampleServer("after connect");
    Changes changes = new Changes(crowd, report, 0, Changes.changing(crowd));
    crowd.listen(changes);
    int seconds = run.options().count(Option.SECONDS);
    int warmup = run.options().count(Option.WARMUP_SECONDS);
    double rate = run.options().number(Option.RATE);

    CpuMeter atRest = run.meter();
    run.rest("at rest", REST_SECONDS);
    report.figure("server CPU at rest", atRest.share() * 100, "%");
    Future<Void> polls = Idle.polling(run, crowd, warmup + seconds);
    boolean warm = run.await("warm-up", changes.make(rate, warmup), warmup + 5) && !polls.failed();
    if (!warm) {
      report.note("the generator could not make the changes of the warm-up in time");
    }

    changes.measure();
    Traffic.Totals before = run.network().traffic().totals();
    CpuMeter cpu = run.meter();
    long start = Clock.nanos();
    if (!run.await(changes::progress, changes.make(rate, seconds), seconds + 5.0)) {
      report.note("the generator could not make all changes in time");
    }
    drain(run, changes);
    double lasted = Clock.millisSince(start) / 1e3;
    Traffic.Totals came = run.network().traffic().totals().since(before);
    report
        .figure("measured for", lasted, "s")
        .figure("server CPU while changing", cpu.share() * 100, "%")
        .figure("server CPU per change", cpu.seconds() * 1e3 / changes.made(), "ms")
        .figure("server CPU per delivery", cpu.seconds() * 1e6 / changes.delivered(), "µs");
    run.sampleServer("after changes");
    conclude(report, changes);
    traffic(report, came, lasted);
  }

  /** Waits until nothing is delivered any more; how long that took shows a backlog. */
  static void drain(Run run, Changes changes) {
    long start = Clock.nanos();
    double lastDelivery = 0;
    long before = changes.delivered();
    double now = 0;
    while (now < lastDelivery + QUIET_SECONDS && now < DRAIN_SECONDS) {
      run.rest("what is still under way", 0.1);
      now = Clock.millisSince(start) / 1e3;
      if (changes.delivered() != before) {
        before = changes.delivered();
        lastDelivery = now;
      }
    }
    run.report().figure("last delivery after the last change", lastDelivery, "s");
  }

  static void conclude(Report report, Changes changes) {
    report
        .figure("changes", changes.made(), "")
        .figure("deliveries", changes.delivered(), "")
        .figure("deliveries per change", (double) changes.delivered() / changes.made(), "")
        .figure("delivered of expected", 100.0 * changes.delivered() / changes.expected(), "%");
    if (changes.skipped() > 0) {
      report.note(
          changes.skipped()
              + " changes were not made, because everybody who changes had just changed or was gone: "
              + "use more users or a lower rate");
    }
  }

  private static void traffic(Report report, Traffic.Totals came, double seconds) {
    report
        .figure("bytes to clients on the wire", came.wireBytes() * 60 / seconds / 1e6, "MB/min")
        .figure("the same inflated", came.textBytes() * 60 / seconds / 1e6, "MB/min")
        .figure("messages to clients", came.messages() / seconds, "/s")
        .figure("of them compressed", 100.0 * came.compressed() / came.messages(), "%");
  }
}
