package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Pacer;
import com.napalmsky.loadtest.time.Schedule;
import io.vertx.core.Future;
import java.util.function.LongSupplier;

/** Brings pairs into calls that last until the scenario ends them; nothing of it is measured. */
final class SetUp {

  private static final double GRACE_SECONDS = 20;

  private SetUp() {}

  /**
   * Waits until all pairs talk, or some time longer than that should take; the report has a note
   * when not all do.
   *
   * @param rate calls begun each second
   * @param talking how many pairs the watcher has seen in their call
   */
  static void calls(
      Run run,
      Crowd crowd,
      CallBoard board,
      Call.Watcher watcher,
      LongSupplier talking,
      int pairs,
      double rate) {
    int loops = run.network().loops().size();
    long start = Clock.nanos();
    double seconds = pairs / rate;
    CallSteps steps = CallSteps.unreported();
    Call.Plan plan = new Call.Plan(0, -1);
    Future<Void> started =
        crowd.onEachLoop(
            loop ->
                Pacer.run(
                    loop.executor(),
                    new Schedule(start, rate / loops, Math.max(1, pairs / loops)),
                    intended -> board.call(loop, intended, plan, steps, watcher)));
    boolean all =
        run.await(() -> "in calls " + talking.getAsLong(), started, seconds + GRACE_SECONDS / 2);
    while (talking.getAsLong() + board.failed() < board.started()
        && Clock.millisSince(start) < (seconds + GRACE_SECONDS) * 1e3) {
      run.rest("in calls " + talking.getAsLong(), 0.1);
    }
    if (!all || talking.getAsLong() < pairs) {
      run.report().note("not all pairs got into a call");
    }
  }
}
