package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.ProcessStatus;
import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Trouble;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.people.CrowdListener;
import com.napalmsky.loadtest.people.Person;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Some people stop reading while the lobby changes; before that, all of them read. */
final class Slow implements Scenario {

  private static final double NOTICE_SECONDS = 5;
  private static final String ALL_READ = ", all read";
  private static final String SOME_DO_NOT = ", some do not";

  @Override
  public String name() {
    return "slow";
  }

  @Override
  public String purpose() {
    return "some stop reading while the lobby changes: memory, who is closed, how the others fare";
  }

  @Override
  public Map<Option, String> options() {
    return Map.of(
        Option.USERS, "200",
        Option.SECONDS, "60",
        Option.WARMUP_SECONDS, "5",
        Option.WARMUP_RATE, "0",
        Option.READ_SECONDS, "10",
        Option.RATE, "200",
        Option.SLOW, "20");
  }

  @Override
  public void run(Run run) throws RunFailed {
    int slow = run.options().count(Option.SLOW);
    if (run.options().count(Option.USERS) < slow + 2) {
      throw new RunFailed("--users must be at least --slow and 2 more.");
    }
    Crowd crowd = run.gatherAndLook(slow);
    Report report = run.report();
    List<Person> sleepers = crowd.people().subList(0, slow);
    double rate = run.options().number(Option.RATE);
    double fastest = Math.max(rate, run.options().number(Option.WARMUP_RATE));
    int changing = Changes.changing(crowd.people().size() - slow, fastest);
    Changes changes = new Changes(crowd, report, slow, changing);
    LongAdder closed = new LongAdder();
    crowd.listen(listener(changes, slow, closed));
    if (!Churn.warmUp(run, changes, rate)) {
      report.note("the generator could not make the changes of the warm-up in time");
    }
    report
        .figure("people who stop reading", slow, "users")
        .figure("people who change", changing, "users")
        .figure("people who watch", crowd.inLobby() - slow - changing, "users");

    double memory = change(run, changes, run.options().count(Option.READ_SECONDS), ALL_READ);
    forEach(sleepers, person -> person.reading(false));
    double most = change(run, changes, run.options().count(Option.SECONDS), SOME_DO_NOT);
    run.measured();

    // A closed connection is noticed only by reading on.
    forEach(sleepers, person -> person.reading(true));
    run.rest("who was closed", NOTICE_SECONDS);
    run.sampleServer("after they read on");
    report
        .figure("of those who stopped, closed by the server", closed.sum(), "users")
        .figure("RSS more at most, for each of them", (most - memory) / slow / 1e3, "KB");
  }

  /**
   * Has the lobby change for a time.
   *
   * @return the most memory that the server had meanwhile, in bytes; 0 where it is not known
   */
  private static double change(Run run, Changes changes, int seconds, String when) {
    double[] most = {0};
    changes.measure(when);
    CpuMeter cpu = run.meter();
    boolean made =
        run.await(
            () -> {
              double now = run.server().map(ProcessStatus::rssBytes).orElse(0L);
              most[0] = Math.max(most[0], now);
              return changes.progress();
            },
            changes.make(run.options().number(Option.RATE), seconds),
            seconds + 5.0);
    if (!made) {
      run.report().note("the generator could not make all changes in time");
    }
    run.report()
        .figure("server CPU" + when, cpu.share() * 100, "%")
        .figure("server RSS at most" + when, most[0] / 1e6, "MB");
    run.report()
        .figure("last delivery after the last change" + when, Churn.drain(run, changes), "s");
    Churn.conclude(run.report(), changes, when);
    return most[0];
  }

  private static void forEach(List<Person> people, Consumer<Person> action) {
    people.forEach(person -> person.loop().executor().execute(() -> action.accept(person)));
  }

  private static CrowdListener listener(Changes changes, int slow, LongAdder closed) {
    return new CrowdListener() {
      @Override
      public void event(Person who, String name, String payload) {
        changes.event(who, name, payload);
      }

      @Override
      public void closed(Person who, Trouble why) {
        if (who.number() < slow) {
          closed.increment();
        }
      }
    };
  }
}
