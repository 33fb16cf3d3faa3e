package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.net.Traffic;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.options.Options;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Pacer;
import com.napalmsky.loadtest.time.Schedule;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What people do all evening: look around, invite, think, accept or not, talk, go, and lose the
 * network. For each who goes another comes, so that their number stays the same.
 */
final class Evening implements Scenario {

  /** Of a hundred invites. */
  private static final int ACCEPTED = 65;

  private static final int DECLINED = 20;
  private static final int UNANSWERED = 10;

  /** Nobody talks longer than so many times the usual. */
  private static final double LONGEST_TALK = 4;

  /** Invites that nobody answers take the longest. */
  private static final double DRAIN_SECONDS = 60;

  @Override
  public String name() {
    return "evening";
  }

  @Override
  public String purpose() {
    return "all at once: people come, look, invite, think, talk, lose the network and go";
  }

  @Override
  public Map<Option, String> options() {
    return Map.of(
        Option.SECONDS, "60",
        Option.RATE, "5",
        Option.THINK_SECONDS, "4",
        Option.TALK_SECONDS, "30",
        Option.CANDIDATES, "4",
        Option.POLL_SECONDS, "5",
        Option.VISIT_SECONDS, "300",
        Option.LOSS_SECONDS, "600",
        Option.AWAY_SECONDS, "6");
  }

  @Override
  public void run(Run run) throws RunFailed {
    spend(run, run.gatherAndLook(0), () -> {});
  }

  /**
   * Lets the evening pass and all calls end; people stay.
   *
   * @param eachSecond called on the main thread while it passes
   */
  static void spend(Run run, Crowd crowd, Runnable eachSecond) {
    Options options = run.options();
    Report report = run.report();
    CallBoard board = new CallBoard(crowd, report, run.network().loops());
    Visitors visitors = new Visitors(crowd, board, report, options.number(Option.AWAY_SECONDS));
    CallSteps steps = CallSteps.of(report);
    run.sampleServer("at the beginning of the evening");
    Traffic.Totals before = run.network().traffic().totals();
    CpuMeter cpu = run.meter();
    long start = Clock.nanos();
    int seconds = options.count(Option.SECONDS);
    double people = crowd.people().size();
    int pollSeconds = options.count(Option.POLL_SECONDS);
    Future<Void> polls =
        pollSeconds == 0
            ? Future.succeededFuture()
            : crowd.poll(pollSeconds, seconds, person -> board.callOf(person) == null);
    Future<?> all =
        Future.join(
            List.of(
                polls,
                course(
                    run,
                    crowd,
                    options.number(Option.RATE),
                    (loop, intended) -> board.call(loop, intended, plan(options), steps, board)),
                course(
                    run,
                    crowd,
                    people / options.count(Option.VISIT_SECONDS),
                    (loop, intended) -> visitors.swap(loop)),
                course(
                    run,
                    crowd,
                    people / options.count(Option.LOSS_SECONDS),
                    (loop, intended) -> visitors.lose(loop))));
    int[] fewest = {crowd.people().size()};
    boolean inTime =
        run.await(
            () -> {
              eachSecond.run();
              fewest[0] = Math.min(fewest[0], visitors.present());
              return visitors.present() + " people  " + Calls.progress(board, steps);
            },
            all,
            seconds + 5.0);
    double lasted = Clock.millisSince(start) / 1e3;
    double used = cpu.seconds();
    Traffic.Totals came = run.network().traffic().totals().since(before);
    run.measured();
    run.sampleServer("at the end of the evening");
    boolean over = end(run, crowd, board, visitors);
    report
        .figure("people there at least", fewest[0], "users")
        .figure("people there at the end", visitors.present(), "users")
        .figure("server CPU", used / lasted * 100, "%");
    visitors.conclude(report);
    report
        .figure("invites", board.started(), "")
        .figure("invites declined, taken back or not answered", board.notAccepted(), "")
        .figure("calls completed", board.completed(), "")
        .figure("calls failed", board.failed(), "");
    Churn.traffic(report, came, lasted);
    if (!inTime || !over) {
      report.note("not everything that was begun was over in time");
    }
    if (board.nobodyFree() > 0) {
      report.note(
          board.nobodyFree()
              + " invites were due while nobody was free who had not met: use more --users");
    }
  }

  /** Who talks hangs up, who is away comes back. */
  private static boolean end(Run run, Crowd crowd, CallBoard board, Visitors visitors) {
    long begin = Clock.nanos();
    while (Clock.millisSince(begin) < DRAIN_SECONDS * 1e3) {
      if (board.running() <= 0 && visitors.present() == crowd.people().size()) {
        return true;
      }
      for (Loop loop : run.network().loops()) {
        loop.executor().execute(() -> crowd.on(loop).forEach(person -> hangUp(board, person)));
      }
      run.rest("last calls: " + board.running(), 0.5);
    }
    return false;
  }

  private static void hangUp(CallBoard board, Person person) {
    Call call = board.callOf(person);
    if (call != null) {
      call.hangUp();
    }
  }

  private interface Step {
    void take(Loop loop, long intended);
  }

  /** Something that is done at a steady rate all evening; never at a rate of 0 or without end. */
  private static Future<Void> course(Run run, Crowd crowd, double perSecond, Step step) {
    if (perSecond == 0 || Double.isInfinite(perSecond)) {
      return Future.succeededFuture();
    }
    int loops = run.network().loops().size();
    long start = Clock.nanos();
    int seconds = run.options().count(Option.SECONDS);
    return crowd.onEachLoop(
        loop ->
            Pacer.run(
                loop.executor(),
                Schedule.lasting(start, perSecond / loops, seconds),
                intended -> step.take(loop, intended)));
  }

  private static Call.Plan plan(Options options) {
    ThreadLocalRandom chance = ThreadLocalRandom.current();
    double think = options.number(Option.THINK_SECONDS) * (0.5 + chance.nextDouble());
    double talk = options.count(Option.TALK_SECONDS);
    talk *= Math.min(LONGEST_TALK, -Math.log(1 - chance.nextDouble()));
    int of = chance.nextInt(100);
    Call.Reply reply =
        of < ACCEPTED
            ? Call.Reply.ACCEPT
            : of < ACCEPTED + DECLINED
                ? Call.Reply.DECLINE
                : of < ACCEPTED + DECLINED + UNANSWERED ? Call.Reply.NONE : Call.Reply.RESCIND;
    return new Call.Plan(
        options.count(Option.CANDIDATES), (long) (talk * 1e3), 1 + (long) (think * 1e3), reply);
  }
}
