package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Pacer;
import com.napalmsky.loadtest.time.Schedule;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/**
 * More is asked of the server than its memory holds. Pairs talk the whole time, and some of them
 * lose their connection and come back. Meanwhile others come whose messages never come whole, which
 * the server has to keep; then those go, and whoever was refused tries on.
 */
final class Beyond implements Scenario {

  private static final double SET_UP_RATE = 40;

  /** Of pairs, each second, one loses a connection. */
  private static final double LOSSES_RATE = 1;

  private static final double ALL_BACK_SECONDS = 200;
  private static final double ALL_ENDED_SECONDS = 60;

  @Override
  public String name() {
    return "beyond";
  }

  @Override
  public String purpose() {
    return "others fill the server's memory while pairs talk: who is refused, whether any call ends";
  }

  @Override
  public Map<Option, String> options() {
    return Map.of(
        Option.USERS, "1300",
        Option.PAIRS, "300",
        Option.SECONDS, "45",
        Option.RATE, "60",
        Option.WARMUP_RATE, "15");
  }

  @Override
  public void run(Run run) throws RunFailed {
    int pairs = run.options().count(Option.PAIRS);
    if (pairs == 0 || run.options().count(Option.USERS) <= 2 * pairs) {
      throw new RunFailed("--users must be more than twice --pairs.");
    }
    Crowd crowd = run.gather(0);
    Report report = run.report();
    List<Loop> loops = run.network().loops();
    CallBoard board = new CallBoard(crowd, report, loops);
    Talkers talkers = new Talkers(board, report, loops.size());
    SetUp.calls(run, crowd, board, talkers, talkers::talking, pairs, SET_UP_RATE);
    report.figure("pairs in a call", talkers.talking(), "");
    if (talkers.talking() == 0) {
      throw new RunFailed("No pair got into a call; the failures say why.");
    }
    List<Person> others =
        crowd.people().stream().filter(one -> one.inLobby() && !board.inCall(one)).toList();
    Comers comers = new Comers(run, others);
    run.sampleServer("before more comes");

    talkers.measure();
    push(run, crowd, talkers, comers);
    run.sampleServer("when more has come");
    comers.say(", meanwhile");

    double gone = Clock.nanos();
    comers.relieve();
    talk(run, crowd, talkers, comers);
    report
        .figure("all others were in the lobby after", (Clock.nanos() - gone) / 1e9, "s")
        .figure("still outside", comers.outside(), "users");
    comers.say(", in all");
    report
        .figure("pairs still in their call", talkers.talking(), "")
        .figure("in a call, lost the connection and came back", talkers.cameBack(), "")
        .figure("in a call, lost the connection and did not", talkers.stayedAway(), "")
        .figure("lines sent", talkers.sent(), "")
        .figure("lines that arrived at both", 50.0 * talkers.arrived() / talkers.sent(), "%");
    end(run, crowd, board, talkers);
    report
        .figure("calls that ended as they should", board.completed(), "")
        .figure("calls that were lost", board.failed(), "");
    run.sampleServer("at the end");
  }

  /** Pairs talk, one of them after the other loses a connection, and others come. */
  private static void push(Run run, Crowd crowd, Talkers talkers, Comers comers) {
    int seconds = run.options().count(Option.SECONDS);
    int loops = run.network().loops().size();
    double comings = run.options().number(Option.WARMUP_RATE) / loops;
    long start = Clock.nanos();
    Future<Void> pushed =
        crowd.onEachLoop(
            loop ->
                Future.join(
                    Pacer.run(
                        loop.executor(),
                        Schedule.lasting(start, comings, seconds),
                        intended -> comers.comeWithBurden(loop)),
                    talking(run, loop, talkers, start, seconds)));
    if (!run.await(() -> talkers.progress() + comers.progress(), pushed, seconds + 30.0)) {
      run.report().note("the generator could not send everything in time");
    }
  }

  private static Future<?> talking(Run run, Loop loop, Talkers talkers, long start, int seconds) {
    int loops = run.network().loops().size();
    return Future.join(
        Pacer.run(
            loop.executor(),
            Schedule.lasting(start, run.options().number(Option.RATE) / loops, seconds),
            intended -> talkers.sayNext(loop)),
        Pacer.run(
            loop.executor(),
            Schedule.lasting(start, LOSSES_RATE / loops, seconds),
            intended -> talkers.loseNext(loop)));
  }

  /** Pairs talk on until everybody else is back. */
  private static void talk(Run run, Crowd crowd, Talkers talkers, Comers comers) {
    long begun = Clock.nanos();
    while (comers.outside() > 0 && Clock.millisSince(begun) < ALL_BACK_SECONDS * 1e3) {
      long now = Clock.nanos();
      boolean unused =
          run.await(
              () -> talkers.progress() + comers.progress(),
              crowd.onEachLoop(loop -> talking(run, loop, talkers, now, 2).mapEmpty()),
              10);
    }
    run.rest("the last lines", 2);
  }

  private static void end(Run run, Crowd crowd, CallBoard board, Talkers talkers) {
    long begun = Clock.nanos();
    var unused =
        crowd.onEachLoop(
            loop -> {
              loop.executor().execute(() -> talkers.hangUp(loop));
              return Future.succeededFuture();
            });
    while (board.running() > 0 && Clock.millisSince(begun) < ALL_ENDED_SECONDS * 1e3) {
      run.rest("calls that are ending " + board.running(), 0.5);
    }
  }
}
