package com.napalmsky.loadtest.scenario;

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

/** Some people stop reading while the lobby changes. */
final class Slow implements Scenario {

  private static final double NOTICE_SECONDS = 5;

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
        Option.RATE, "200",
        Option.SLOW, "20");
  }

  @Override
  public void run(Run run) throws RunFailed {
    int slow = run.options().count(Option.SLOW);
    int seconds = run.options().count(Option.SECONDS);
    if (run.options().count(Option.USERS) < slow + 2) {
      throw new RunFailed("--users must be at least --slow and 2 more.");
    }
    Crowd crowd = run.gatherAndLook(slow);
    Report report = run.report();
    run.sampleServer("after connect");
    List<Person> sleepers = crowd.people().subList(0, slow);
    // Half of the others, as it takes many changes to fill what the kernel buffers.
    int changing = (crowd.people().size() - slow) / 2;
    Changes changes = new Changes(crowd, report, slow, changing);
    LongAdder closed = new LongAdder();
    crowd.listen(listener(changes, slow, closed));
    forEach(sleepers, person -> person.reading(false));
    changes.measure();
    boolean made =
        run.await(
            changes::progress,
            changes.make(run.options().number(Option.RATE), seconds),
            seconds + 5.0);
    if (!made) {
      report.note("the generator could not make all changes in time");
    }
    run.sampleServer("while they do not read");
    Churn.drain(run, changes);
    // A closed connection is noticed only by reading on.
    forEach(sleepers, person -> person.reading(true));
    run.rest("who was closed", NOTICE_SECONDS);
    run.sampleServer("after they read on");
    Churn.conclude(report, changes);
    report
        .figure("stopped reading", slow, "users")
        .figure("of them closed by the server", closed.sum(), "users");
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
