package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Figure;
import com.napalmsky.loadtest.measure.Latency;
import com.napalmsky.loadtest.measure.Percentiles;
import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Traffic;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.options.Options;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.time.Clock;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** More and more people, of whom a part changes state each second, until it is too much. */
final class Ramp implements Scenario {

  /** A step is too much when it was so twice: once may have been something else on the machine. */
  private static final int TRIES = 2;

  @Override
  public String name() {
    return "ramp";
  }

  @Override
  public String purpose() {
    return "more and more people, a part of them changing, until it is too much: what each step costs";
  }

  @Override
  public Map<Option, String> options() {
    return Map.ofEntries(
        Map.entry(Option.USERS, "18000"),
        Map.entry(Option.STEPS, "2000"),
        Map.entry(Option.SECONDS, "10"),
        Map.entry(Option.PERCENT, "1"),
        Map.entry(Option.RATE, "10"),
        Map.entry(Option.LIMIT_MILLIS, "250"),
        Map.entry(Option.WARMUP_SECONDS, "10"),
        Map.entry(Option.WARMUP_RATE, "50"),
        Map.entry(Option.REST_SECONDS, "3"),
        Map.entry(Option.POLL_SECONDS, "0"),
        Map.entry(Option.POLLS, "0"));
  }

  /** The sizes of all steps, rising; the last is not above {@code --users}. */
  static List<Integer> sizes(Options options) {
    int most = options.count(Option.USERS);
    String text = options.text(Option.STEPS);
    if (text.contains(",")) {
      return Arrays.stream(text.split(","))
          .map(Integer::valueOf)
          .filter(size -> size <= most)
          .distinct()
          .sorted()
          .toList();
    }
    int each = Integer.parseInt(text);
    List<Integer> sizes = new ArrayList<>();
    for (int size = Math.min(each, most); sizes.isEmpty() || size < most + each; size += each) {
      sizes.add(Math.min(size, most));
    }
    return sizes;
  }

  @Override
  public void run(Run run) throws RunFailed {
    List<Integer> sizes = sizes(run.options());
    if (sizes.isEmpty() || sizes.get(0) < 4) {
      throw new RunFailed("--steps must begin with 4 people or more, and --users be no less.");
    }
    Crowd crowd = run.open(0);
    run.sampleServer("before");
    Climb climb = new Climb(run, crowd, sizes);
    int held = 0;
    String limit = "";
    for (int i = 0; i < sizes.size() && limit.isEmpty(); i++) {
      int size = sizes.get(i);
      limit = climb.to(size);
      if (limit.isEmpty()) {
        held = size;
      }
    }
    run.report().figure("users held", held, "users");
    run.report()
        .note(
            limit.isEmpty()
                ? "no limit was met up to " + held + " users, which is what was asked for"
                : "the limit: " + limit);
  }

  /** How far it has come. */
  private static final class Climb {

    private final Run run;
    private final Crowd crowd;
    private final Report report;
    private final Changes changes;
    private final Latency polls;
    private final double percent;
    private final double least;
    private int people;

    /** Off while people join: they would wait behind the polls for connections to the server. */
    private volatile boolean polling;

    Climb(Run run, Crowd crowd, List<Integer> sizes) {
      this.run = run;
      this.crowd = crowd;
      report = run.report();
      percent = run.options().number(Option.PERCENT);
      least = run.options().number(Option.RATE);
      double fastest = Math.max(rate(sizes.get(sizes.size() - 1)), warmupRate());
      changes = new Changes(crowd, report, 0, Changes.changing(sizes.get(0), fastest));
      polls = report.latency("poll GET /room/queue");
      crowd.listen(changes);
    }

    private double warmupRate() {
      return run.options().number(Option.WARMUP_RATE);
    }

    private double rate(int size) {
      return Math.max(least, size * percent / 100);
    }

    /** Goes on to a size and measures there; returns why that was too much, empty if not. */
    String to(int size) throws RunFailed {
      boolean first = people == 0;
      int lostBefore = crowd.lost();
      double seconds = run.bring(crowd, people, size);
      report.figure(size + " users: joins", (size - people) / seconds, "/s");
      people = size;
      if (crowd.joined() < size) {
        return size
            - crowd.joined()
            + " of "
            + size
            + " users did not get in, most of them: "
            + report.failures().worst();
      }
      if (!run.await("everybody looks around", crowd.look(), 60 + size / 50.0)) {
        return "not all of " + size + " users had an answer to GET /room/queue in time";
      }
      if (first) {
        startPolling();
        if (!Churn.warmUp(run, changes, warmupRate())) {
          report.note("the generator could not make the changes of the warm-up in time");
        }
      }
      String tooMuch = "";
      polling = true;
      for (int attempt = 0; attempt < TRIES; attempt++) {
        tooMuch = measure(size, attempt == 0 ? "" : ", again");
        if (tooMuch.isEmpty() || crowd.lost() > lostBefore) {
          break;
        }
      }
      polling = false;
      if (crowd.lost() > lostBefore) {
        return "with "
            + size
            + " users "
            + (crowd.lost() - lostBefore)
            + " connections ended, most often: "
            + report.failures().worst();
      }
      return tooMuch;
    }

    private void startPolling() {
      int every = run.options().count(Option.POLL_SECONDS);
      if (every > 0) {
        // Until the run ends, whenever that is.
        Future<Void> unused = crowd.poll(every, 24 * 3_600.0, person -> polling);
      }
    }

    private String measure(int size, String when) {
      Percentiles unused = polls.lately();
      double atRest = run.restOfServer(run.options().count(Option.REST_SECONDS));
      Latency delivery = report.latency("delivery, " + size + " users" + when);
      changes.measure(delivery, delivery);
      Traffic.Totals trafficBefore = run.network().traffic().totals();
      CpuMeter cpu = run.meter();
      long start = Clock.nanos();
      int seconds = run.options().count(Option.SECONDS);
      boolean inTime =
          run.await(changes::progress, changes.make(rate(size), seconds), seconds + 5.0);
      double after = Churn.drain(run, changes);
      double lasted = Clock.millisSince(start) / 1e3;
      double used = cpu.seconds();
      Traffic.Totals came = run.network().traffic().totals().since(trafficBefore);
      run.measured();
      String who = size + " users: ";
      Percentiles heard = delivery.all();
      report
          .figure(who + "changes", changes.made() / (double) seconds, "/s")
          .figure(who + "delivery p50", heard.p50(), "ms")
          .figure(who + "delivery p99", heard.p99(), "ms")
          .figure(who + "delivery p99.9", heard.p999(), "ms")
          .figure(
              who + "delivered of expected", 100.0 * changes.delivered() / changes.expected(), "%")
          .figure(who + "last delivery after the last change", after, "s")
          .figure(who + "server CPU", used / lasted * 100, "%")
          .figure(who + "server CPU at rest", atRest * 100, "%")
          .figure(
              who + "server CPU per change, beyond rest",
              (used - atRest * lasted) * 1e3 / changes.made(),
              "ms")
          .figure(
              who + "bytes to each, on the wire", came.wireBytes() * 60 / lasted / size, "B/min")
          .figure(who + "the same inflated", came.textBytes() * 60 / lasted / size, "B/min");
      run.server().ifPresent(now -> report.figure(who + "server RSS", now.rssBytes() / 1e6, "MB"));
      if (run.options().count(Option.POLL_SECONDS) > 0) {
        report.figure(who + "polls p99", polls.lately().p99(), "ms");
      }
      askFor(size, atRest);
      return verdict(size, heard, inTime);
    }

    /** The queue at a steady rate, each answer built. */
    private void askFor(int size, double atRest) {
      double rate = run.options().number(Option.POLLS);
      if (rate == 0) {
        return;
      }
      int seconds = run.options().count(Option.SECONDS);
      Latency latency = report.latency("GET /room/queue, " + size + " users");
      Poll.Requests requests = new Poll.Requests(run, crowd, false, latency, rate, 0);
      CpuMeter cpu = run.meter();
      long start = Clock.nanos();
      boolean inTime = run.await(requests::progress, requests.start(seconds), seconds + 5.0);
      while (requests.pending() > 0 && Clock.millisSince(start) < (seconds + 5.0) * 1e3) {
        run.rest("what is still under way", 0.1);
      }
      double lasted = Clock.millisSince(start) / 1e3;
      report
          .figure(
              size + " users: server CPU per poll, beyond rest",
              (cpu.seconds() - atRest * lasted) * 1e3 / requests.answered.sum(),
              "ms")
          .figure(
              size + " users: bytes per poll",
              (double) requests.bytes.sum() / requests.answered.sum(),
              "B");
      if (!inTime) {
        report.note("with " + size + " users not all polls were sent in time");
      }
    }

    private String verdict(int size, Percentiles heard, boolean inTime) {
      int limit = run.options().count(Option.LIMIT_MILLIS);
      if (!run.options().serverPids().isEmpty() && run.server().isEmpty()) {
        return "with " + size + " users the server's process ended";
      }
      if (!inTime) {
        return "with " + size + " users the generator could not make all changes in time";
      }
      if (heard.count() == 0) {
        return "with " + size + " users nobody heard of any change";
      }
      if (heard.p99() >= limit) {
        return "with "
            + size
            + " users p99 of delivery was "
            + new Figure(heard.p99(), "ms")
            + ", not below "
            + limit
            + " ms";
      }
      return "";
    }
  }
}
