package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Traffic;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.wire.Deflation;
import com.napalmsky.loadtest.wire.Frames;
import com.napalmsky.loadtest.wire.Packet;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** People leave the lobby and come back while the others look at them. */
final class Churn implements Scenario {

  private static final double SETTLE_SECONDS = 2;
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
        Option.WARMUP_RATE, "0",
        Option.REST_SECONDS, "5",
        Option.RATE, "10",
        Option.POLL_SECONDS, "0");
  }

  @Override
  public void run(Run run) throws RunFailed {
    Crowd crowd = run.gatherAndLook(0);
    Report report = run.report();
    run.sampleServer("after connect");
    int seconds = run.options().count(Option.SECONDS);
    int rest = run.options().count(Option.REST_SECONDS);
    double rate = run.options().number(Option.RATE);
    double fastest = Math.max(rate, run.options().number(Option.WARMUP_RATE));
    int changing = Changes.changing(crowd.people().size(), fastest);
    Changes changes = new Changes(crowd, report, 0, changing);
    crowd.listen(changes);
    int warmup = run.options().count(Option.WARMUP_SECONDS);
    Future<Void> polls = Idle.polling(run, crowd, warmup + 2 * rest + seconds);
    if (!warmUp(run, changes, rate) || polls.failed()) {
      report.note("the generator could not make the changes of the warm-up in time");
    }

    double restBefore = run.restOfServer(rest);
    changes.measure("");
    Traffic.Totals before = run.network().traffic().totals();
    CpuMeter cpu = run.meter();
    long start = Clock.nanos();
    if (!run.await(changes::progress, changes.make(rate, seconds), seconds + 5.0)) {
      report.note("the generator could not make all changes in time");
    }
    report.figure("last delivery after the last change", drain(run, changes), "s");
    double lasted = Clock.millisSince(start) / 1e3;
    double used = cpu.seconds();
    cpu.each(
        (pid, of) ->
            report.figure(
                "CPU per change with rest, process " + pid, of * 1e3 / changes.made(), "ms"));
    Traffic.Totals came = run.network().traffic().totals().since(before);
    run.measured();
    double atRest = (restBefore + run.restOfServer(rest)) / 2;
    double ofChanges = used - atRest * lasted;
    report
        .figure("people who change", changing, "users")
        .figure("measured for", lasted, "s")
        .figure("server CPU at rest", atRest * 100, "%")
        .figure("server CPU while changing", used / lasted * 100, "%")
        .figure("server CPU per change, beyond rest", ofChanges * 1e3 / changes.made(), "ms")
        .figure(
            "server CPU per delivery, beyond rest", ofChanges * 1e6 / changes.delivered(), "µs");
    run.sampleServer("after changes");
    conclude(report, changes, "");
    traffic(report, came, lasted);
    compare(report, came, crowd, changes);
  }

  /** Makes changes until the server's code is compiled; whether there was time for all of them. */
  static boolean warmUp(Run run, Changes changes, double rate) {
    int seconds = run.options().count(Option.WARMUP_SECONDS);
    if (seconds == 0) {
      return true;
    }
    double faster = run.options().number(Option.WARMUP_RATE);
    boolean made =
        run.await("warm-up", changes.make(faster == 0 ? rate : faster, seconds), seconds + 5.0);
    run.rest("settling", SETTLE_SECONDS);
    return made;
  }

  /** Waits until nothing is delivered any more; how many seconds that took shows a backlog. */
  static double drain(Run run, Changes changes) {
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
    return lastDelivery;
  }

  /**
   * Adds how many were made and heard of.
   *
   * @param when as in {@link Changes#measure}
   */
  static void conclude(Report report, Changes changes, String when) {
    report
        .figure("changes" + when, changes.made(), "")
        .figure("deliveries" + when, changes.delivered(), "")
        .figure("deliveries per change" + when, (double) changes.delivered() / changes.made(), "")
        .figure(
            "delivered of expected" + when, 100.0 * changes.delivered() / changes.expected(), "%");
    if (changes.skipped() > 0) {
      report.note(
          changes.skipped()
              + " changes were not made, because everybody who changes had just changed or was gone: "
              + "use more users or a lower rate");
    }
  }

  /** Adds what came to clients. */
  static void traffic(Report report, Traffic.Totals came, double seconds) {
    report
        .figure("bytes to clients on the wire", came.wireBytes() * 60 / seconds / 1e6, "MB/min")
        .figure("the same inflated", came.textBytes() * 60 / seconds / 1e6, "MB/min")
        .figure("messages to clients", came.messages() / seconds, "/s")
        .figure("of them compressed", 100.0 * came.compressed() / came.messages(), "%");
  }

  /**
   * Everything that came, pings and acknowledgements included, against what the simplest server
   * sends: each change to every socket, as old clients are told. Such a frame is shorter than what
   * is worth compressing; both figures are there.
   */
  private static void compare(Report report, Traffic.Totals came, Crowd crowd, Changes changes) {
    String packet =
        Packet.event(
            "queue:update",
            "{\"userId\":\"" + crowd.people().get(0).userId() + "\",\"available\":true}",
            -1);
    byte[] plain = packet.getBytes(StandardCharsets.UTF_8);
    double toAll = (double) Frames.length(plain.length) * crowd.joined();
    double compressed;
    try (Deflation deflation = new Deflation()) {
      compressed = (double) Frames.length(deflation.deflate(plain).length()) * crowd.joined();
    }
    double each = (double) came.wireBytes() / changes.made();
    report
        .figure("bytes to clients per change", each, "B")
        .figure("one frame per change to everybody", toAll, "B")
        .figure("bytes to clients, of that", each / toAll * 100, "%")
        .figure("bytes to clients, of that compressed", each / compressed * 100, "%");
  }
}
