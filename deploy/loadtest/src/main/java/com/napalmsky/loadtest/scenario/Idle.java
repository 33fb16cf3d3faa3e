package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.ProcessStatus;
import com.napalmsky.loadtest.net.Traffic;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.people.Crowd;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.Optional;

/** People stay in the lobby and do nothing, or only ask for the queue now and then. */
final class Idle implements Scenario {

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String purpose() {
    return "hold people in the lobby: memory and CPU of the server, memory of each person";
  }

  @Override
  public Map<Option, String> options() {
    return Map.of(Option.SECONDS, "30", Option.POLL_SECONDS, "0");
  }

  @Override
  public void run(Run run) throws RunFailed {
    Optional<ProcessStatus> empty = run.server();
    Crowd crowd = run.gatherAndLook(0);
    run.sampleServer("after connect");
    Traffic.Totals before = run.network().traffic().totals();
    int seconds = run.options().count(Option.SECONDS);
    CpuMeter cpu = run.meter();
    boolean unused =
        run.await(() -> crowd.inLobby() + " in the lobby", polling(run, crowd, seconds), seconds);
    Traffic.Totals came = run.network().traffic().totals().since(before);
    run.sampleServer("after idle");
    run.report()
        .figure("server CPU while idle", cpu.share() * 100, "%")
        .figure("in the lobby at the end", crowd.inLobby(), "users")
        .figure("got a compressed message", run.network().traffic().totals().inflaters(), "users")
        .figure("bytes to clients", came.wireBytes() * 60.0 / seconds / 1e6, "MB/min");
    Optional<ProcessStatus> full = run.server();
    if (empty.isPresent() && full.isPresent()) {
      double more = full.get().rssBytes() - empty.get().rssBytes();
      run.report()
          .figure("RSS per user beyond the empty server", more / crowd.inLobby() / 1e3, "KB");
    }
  }

  /** Everybody asks for the queue if that was wanted; never completes. */
  static Future<Void> polling(Run run, Crowd crowd, int seconds) {
    int every = run.options().count(Option.POLL_SECONDS);
    if (every == 0) {
      return Promise.<Void>promise().future();
    }
    return crowd
        .poll(every, seconds, person -> true)
        .compose(done -> Promise.<Void>promise().future());
  }
}
