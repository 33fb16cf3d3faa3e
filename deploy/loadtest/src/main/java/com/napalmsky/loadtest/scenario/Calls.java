package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Pacer;
import com.napalmsky.loadtest.time.Schedule;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Whole calls at a steady rate. */
final class Calls implements Scenario {

  private static final double DRAIN_SECONDS = 30;

  @Override
  public String name() {
    return "calls";
  }

  @Override
  public String purpose() {
    return "whole calls at a rate, invite to finalized: time of each step, failures, CPU of a call";
  }

  @Override
  public Map<Option, String> options() {
    return Map.of(
        Option.SECONDS, "30",
        Option.WARMUP_SECONDS, "5",
        Option.RATE, "20",
        Option.TALK_SECONDS, "0",
        Option.CANDIDATES, "4");
  }

  @Override
  public void run(Run run) throws RunFailed {
    Crowd crowd = run.gatherAndLook(0);
    Report report = run.report();
    List<Loop> loops = run.network().loops();
    CallBoard board = new CallBoard(crowd, report, loops);
    int talkSeconds = run.options().count(Option.TALK_SECONDS);
    Call.Plan plan = new Call.Plan(run.options().count(Option.CANDIDATES), talkSeconds * 1_000L);

    int warmup = run.options().count(Option.WARMUP_SECONDS);
    if (!phase(run, crowd, board, plan, CallSteps.unreported(), warmup)) {
      report.note("not all calls of the warm-up were over in time");
    }
    board.reset();
    CpuMeter cpu = run.meter();
    long start = Clock.nanos();
    int seconds = run.options().count(Option.SECONDS);
    if (!phase(run, crowd, board, plan, CallSteps.of(report), seconds)) {
      report.note("not all calls were over in time");
    }
    report
        .figure("calls started", board.started(), "")
        .figure("calls completed", board.completed(), "")
        .figure("calls failed", board.failed(), "")
        .figure("completed", board.completed() / (Clock.millisSince(start) / 1e3), "/s")
        .figure("server CPU during calls", cpu.share() * 100, "%")
        .figure("server CPU per call", cpu.seconds() * 1e3 / board.completed(), "ms");
    run.sampleServer("after calls");
    if (board.nobodyFree() > 0) {
      report.note(
          board.nobodyFree()
              + " calls were due while nobody was free who had not met: use more --users");
    }
  }

  private static boolean phase(
      Run run, Crowd crowd, CallBoard board, Call.Plan plan, CallSteps steps, int seconds) {
    int loops = run.network().loops().size();
    double rate = run.options().number(Option.RATE);
    long start = Clock.nanos();
    Future<Void> paced =
        crowd.onEachLoop(
            loop ->
                Pacer.run(
                    loop.executor(),
                    Schedule.lasting(start, rate / loops, seconds),
                    intended -> board.call(loop, intended, plan, steps, board)));
    boolean inTime = run.await(() -> progress(board, steps), paced, seconds + 5.0);
    double until = Clock.millisSince(start) / 1e3 + plan.talkMillis() / 1e3 + DRAIN_SECONDS;
    while (board.running() > 0 && Clock.millisSince(start) / 1e3 < until) {
      run.rest("last calls", 0.1);
    }
    return inTime && board.running() <= 0;
  }

  /** For the line of progress. */
  static String progress(CallBoard board, CallSteps steps) {
    return String.format(
        "calls %,d  running %,d  failed %,d  p99 of a whole call %.0f ms",
        board.started(), board.running(), board.failed(), steps.whole().lately().p99());
  }
}
