package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.net.Traffic;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Pacer;
import com.napalmsky.loadtest.time.Schedule;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Pairs in calls send each other candidates. */
final class Relay implements Scenario {

  private static final double SET_UP_RATE = 20;

  @Override
  public String name() {
    return "relay";
  }

  @Override
  public String purpose() {
    return "pairs in calls send rtc:ice at a rate (0: a window of unanswered ones): messages/s, time";
  }

  @Override
  public Map<Option, String> options() {
    return Map.of(
        Option.USERS, "100",
        Option.PAIRS, "50",
        Option.SECONDS, "20",
        Option.WARMUP_SECONDS, "5",
        Option.RATE, "1500",
        Option.WINDOW, "8");
  }

  @Override
  public void run(Run run) throws RunFailed {
    int pairs = run.options().count(Option.PAIRS);
    if (run.options().count(Option.USERS) < 2 * pairs || pairs == 0) {
      throw new RunFailed("--users must be at least twice --pairs.");
    }
    Crowd crowd = run.gather(0);
    Report report = run.report();
    List<Loop> loops = run.network().loops();
    CallBoard board = new CallBoard(crowd, report, loops);
    Candidates candidates =
        new Candidates(
            board,
            report,
            loops.size(),
            run.options().number(Option.RATE) > 0 ? 0 : run.options().count(Option.WINDOW));
    SetUp.calls(run, crowd, board, candidates, candidates::talking, pairs, SET_UP_RATE);
    report.figure("pairs in a call", candidates.talking(), "");
    if (candidates.talking() == 0) {
      throw new RunFailed("No pair got into a call; the failures say why.");
    }

    int warmup = run.options().count(Option.WARMUP_SECONDS);
    int seconds = run.options().count(Option.SECONDS);
    boolean warm = run.await("warm-up", send(run, crowd, candidates, warmup), warmup + 5.0);
    candidates.measure();
    Traffic.Totals before = run.network().traffic().totals();
    CpuMeter cpu = run.meter();
    long start = Clock.nanos();
    boolean sent =
        run.await(candidates::progress, send(run, crowd, candidates, seconds), seconds + 5.0);
    double lasted = Clock.millisSince(start) / 1e3;
    candidates.stop();
    run.rest("what is still under way", 1);
    if (!warm || !sent) {
      report.note("the generator could not send everything in time");
    }
    Traffic.Totals came = run.network().traffic().totals().since(before);
    report
        .figure("sent", candidates.sent() / lasted, "/s")
        .figure("relayed", candidates.delivered() / lasted, "/s")
        .figure("relayed of sent", 100.0 * candidates.delivered() / candidates.sent(), "%")
        .figure("server CPU", cpu.share() * 100, "%")
        .figure("server CPU per message", cpu.seconds() * 1e6 / candidates.delivered(), "µs")
        .figure("bytes per message on the wire", (double) came.wireBytes() / came.messages(), "B")
        .figure("the same inflated", (double) came.textBytes() / came.messages(), "B");
    run.sampleServer("after");
    var unused =
        crowd.onEachLoop(
            loop -> {
              loop.executor().execute(() -> candidates.hangUp(loop));
              return Future.succeededFuture();
            });
    run.rest("hanging up", 2);
  }

  private static Future<Void> send(Run run, Crowd crowd, Candidates candidates, int seconds) {
    double rate = run.options().number(Option.RATE);
    int loops = run.network().loops().size();
    long start = Clock.nanos();
    return crowd.onEachLoop(
        loop ->
            rate > 0
                ? Pacer.run(
                    loop.executor(),
                    Schedule.lasting(start, rate / loops, seconds),
                    intended -> candidates.sendNext(loop, intended))
                : candidates.fillWindows(loop, seconds));
  }
}
