package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Latency;
import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.people.CrowdListener;
import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Pacer;
import com.napalmsky.loadtest.time.Schedule;
import com.napalmsky.loadtest.wire.Scan;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A changing lobby. Some people leave and come back, at a steady rate; the others watch. A delivery
 * is measured from the moment its change was meant to happen until a watcher hears of it, and
 * compared with how many watchers had that person in their last answer.
 */
final class Changes implements CrowdListener {

  /** A person changes again after this time at the earliest, so that no tick swallows a change. */
  private static final long REST_NANOS = 300_000_000L;

  private static final int TRIES = 30;

  private final Crowd crowd;
  private final int first;
  private final int end;
  private final Report report;
  private volatile Latency gone;
  private volatile Latency back;
  private final AtomicLongArray goneAt;
  private final AtomicLongArray backAt;
  private final boolean[] away;
  private final LongAdder made = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder expected = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private volatile long measuredFrom = Long.MAX_VALUE;

  /**
   * @param first number of the first person who changes; those before do not watch
   * @param count how many change; those after them watch
   */
  Changes(Crowd crowd, Report report, int first, int count) {
    this.crowd = crowd;
    this.first = first;
    end = first + count;
    this.report = report;
    // What comes before anything is measured counts nowhere.
    gone = new Latency("not measured");
    back = gone;
    int people = crowd.people().size();
    goneAt = new AtomicLongArray(people);
    backAt = new AtomicLongArray(people);
    away = new boolean[people];
    crowd
        .people()
        .subList(0, end)
        .forEach(person -> person.loop().executor().execute(person::stopWatching));
  }

  /** As few change as can do it, twice a second each, so that the others go on watching. */
  static int changing(int others, double perSecond) {
    return Math.max(1, Math.min(others / 2, (int) Math.ceil(perSecond / 2)));
  }

  /**
   * What happens from now on counts.
   *
   * @param when added to the names of what is measured; empty where there is nothing else
   */
  void measure(String when) {
    measure(
        report.latency("delivery of a leave" + when),
        report.latency("delivery of a return" + when));
  }

  /** The same, with what is heard of leaves and of returns in distributions of the caller's. */
  void measure(Latency ofLeaves, Latency ofReturns) {
    gone = ofLeaves;
    back = ofReturns;
    measuredFrom = Clock.nanos();
    made.reset();
    skipped.reset();
    expected.reset();
    delivered.reset();
  }

  /** Makes changes; completes when the last was sent. */
  Future<Void> make(double perSecond, double seconds) {
    long start = Clock.nanos();
    List<Person> all = crowd.people().subList(first, end);
    int loops = (int) all.stream().map(Person::loop).distinct().count();
    return crowd.onEachLoop(
        loop -> {
          List<Person> changers =
              crowd.on(loop).stream()
                  .filter(person -> person.number() >= first && person.number() < end)
                  .toList();
          if (changers.isEmpty()) {
            return Future.succeededFuture();
          }
          return Pacer.run(
              loop.executor(),
              Schedule.lasting(start, perSecond / loops, seconds),
              intended -> changeOne(changers, intended));
        });
  }

  private void changeOne(List<Person> changers, long intended) {
    for (int i = 0; i < TRIES; i++) {
      Person person = changers.get(ThreadLocalRandom.current().nextInt(changers.size()));
      int number = person.number();
      long last = Math.max(goneAt.get(number), backAt.get(number));
      if (person.inLobby() && (last == 0 || intended - last >= REST_NANOS)) {
        boolean leaves = !away[number];
        away[number] = leaves;
        (leaves ? goneAt : backAt).set(number, intended);
        made.increment();
        expected.add(crowd.lookersAt(person));
        person.emit(leaves ? "queue:leave" : "queue:join", "");
        return;
      }
    }
    skipped.increment();
  }

  @Override
  public void event(Person who, String name, String payload) {
    if (who.number() < end) {
      return;
    }
    switch (name) {
      case "queue:update", "presence:update" -> {
        String userId = Scan.text(payload, "userId");
        if (userId != null) {
          heard(userId, Scan.isTrue(payload, "available"));
        }
      }
      case "lobby:delta" -> {
        JsonObject delta = new JsonObject(payload);
        heard(delta.getJsonArray("add"), true);
        heard(delta.getJsonArray("remove"), false);
        heard(delta.getJsonArray("offline"), false);
      }
      default -> {}
    }
  }

  private void heard(@Nullable JsonArray userIds, boolean available) {
    if (userIds != null) {
      userIds.forEach(userId -> heard(String.valueOf(userId), available));
    }
  }

  private void heard(String userId, boolean available) {
    Person person = crowd.withId(userId);
    if (person == null) {
      return;
    }
    // By its own kind: news of a leave that arrives after the return is late news of the leave.
    long intended = (available ? backAt : goneAt).get(person.number());
    if (intended >= measuredFrom) {
      delivered.increment();
      (available ? back : gone).record(intended, Clock.nanos());
    }
  }

  long made() {
    return made.sum();
  }

  long delivered() {
    return delivered.sum();
  }

  /** Changes that were due while everybody who changes had to rest. */
  long skipped() {
    return skipped.sum();
  }

  /** Deliveries that there should be, by what the watchers were shown last. */
  long expected() {
    return expected.sum();
  }

  /** For the line of progress. */
  String progress() {
    return String.format(
        "changes %,d  deliveries %,d  p99 %.0f ms", made(), delivered(), gone.lately().p99());
  }
}
