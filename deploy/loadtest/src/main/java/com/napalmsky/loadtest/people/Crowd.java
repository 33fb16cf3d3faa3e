package com.napalmsky.loadtest.people;

import com.napalmsky.loadtest.measure.Latency;
import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.net.Network;
import com.napalmsky.loadtest.net.Trouble;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.options.Options;
import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Pacer;
import com.napalmsky.loadtest.time.Schedule;
import com.napalmsky.loadtest.wire.Scan;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All people of a run and who looks at whom. Safe from any thread, where nothing else is said. */
public final class Crowd {

  /** Nobody got in and so many failed: the others would fail too. */
  private static final int HOPELESS = 64;

  private static final int ADDRESSES = 1 << 24;

  private final Options options;
  private final Report report;
  private final Latency signUp;
  private final Latency connect;
  private final Latency enter;
  private final Latency look;
  private final List<Person> people = new ArrayList<>();
  private final List<List<Person>> byLoop = new ArrayList<>();
  private final Map<String, Person> byId = new ConcurrentHashMap<>();
  private final AtomicIntegerArray lookers;
  private final AtomicInteger inLobby = new AtomicInteger();
  private final AtomicInteger joined = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger lastAddress =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(ADDRESSES));
  private volatile CrowdListener listener = CrowdListener.DEAF;
  private volatile boolean acknowledges = true;
  private volatile boolean acknowledgedOnce;

  /**
   * @param slow how many have as little buffer in the kernel as there can be; the first ones
   */
  public Crowd(Options options, Report report, Network network, int slow) {
    this.options = options;
    this.report = report;
    signUp = report.latency("sign up");
    connect = report.latency("connect until auth:success");
    enter = report.latency("join the lobby");
    look = report.latency("first GET /room/queue");
    int count = options.count(Option.USERS);
    lookers = new AtomicIntegerArray(count);
    List<Loop> loops = network.loops();
    loops.forEach(loop -> byLoop.add(new ArrayList<>()));
    for (int i = 0; i < count; i++) {
      Person person = new Person(i, loops.get(i % loops.size()), this, i < slow);
      people.add(person);
      byLoop.get(i % loops.size()).add(person);
    }
  }

  /** Everybody, also those who did not get in. */
  public List<Person> people() {
    return people;
  }

  /** Those of one loop. */
  public List<Person> on(Loop loop) {
    return byLoop.get(loop.number());
  }

  /** Somebody who has signed up. */
  public @Nullable Person withId(String userId) {
    return byId.get(userId);
  }

  /** Signs everybody up and brings them into the lobby, a few at a time. */
  public Future<Void> join() {
    return join(0, people.size());
  }

  /** The same for some. */
  public Future<Void> join(int from, int to) {
    return each(
        person -> {
          if (person.number() < from || person.number() >= to) {
            return Future.succeededFuture();
          }
          if (joined.get() == 0 && failed.get() >= HOPELESS) {
            return Future.succeededFuture();
          }
          return person
              .arrive()
              .compose(entered -> firstLook(person))
              .onComplete(
                  done -> joined.incrementAndGet(),
                  cause -> {
                    failed.incrementAndGet();
                    report.failures().add("join", cause);
                  });
        });
  }

  /** Everybody in the lobby looks at the queue once more, now that all are there. */
  public Future<Void> look() {
    return each(
        person ->
            person.inLobby()
                ? person.look(false).onFailure(cause -> report.failures().add("look", cause))
                : Future.succeededFuture());
  }

  /**
   * Everybody in the lobby asks for the queue again and again, as browsers do.
   *
   * @param who asks when it is his turn
   */
  public Future<Void> poll(double everySeconds, double seconds, Predicate<Person> who) {
    Latency latency = report.latency("poll GET /room/queue");
    return onEachLoop(
        loop -> {
          List<Person> mine = on(loop);
          Schedule schedule = Schedule.lasting(Clock.nanos(), mine.size() / everySeconds, seconds);
          int[] next = {0};
          return Pacer.run(
              loop.executor(),
              schedule,
              intended -> {
                Person person = mine.get(next[0]++ % mine.size());
                if (person.inLobby() && who.test(person)) {
                  var unused =
                      person
                          .look(true)
                          .onComplete(
                              answer -> latency.record(intended, Clock.nanos()),
                              cause -> report.failures().add("poll", cause));
                }
              });
        });
  }

  /** Does something on each loop that has people; completes when all are done. */
  public Future<Void> onEachLoop(Function<Loop, Future<?>> action) {
    List<Future<?>> parts = new ArrayList<>();
    for (List<Person> mine : byLoop) {
      if (!mine.isEmpty()) {
        parts.add(action.apply(mine.get(0).loop()));
      }
    }
    return Future.join(parts).mapEmpty();
  }

  /** Does something for each, so many at a time as the options say. */
  public Future<Void> each(Function<Person, Future<?>> action) {
    return each(options.count(Option.CONCURRENCY), action);
  }

  /** Does something for each, so many at a time. */
  public Future<Void> each(int atOnce, Function<Person, Future<?>> action) {
    int loops = byLoop.size();
    return onEachLoop(
        loop ->
            Workers.each(
                loop.executor(), on(loop), Math.max(1, (atOnce + loops - 1) / loops), action));
  }

  /** Who is to hear what people are told, instead of who heard it before. */
  public void listen(CrowdListener next) {
    listener = next;
  }

  /** How many are in the lobby now. */
  public int inLobby() {
    return inLobby.get();
  }

  /** How many got in. */
  public int joined() {
    return joined.get();
  }

  /** How many connections ended without the generator's doing. */
  public int lost() {
    return lost.get();
  }

  /** Whether the server has closed everybody who got in. */
  public boolean deserted() {
    return inLobby() == 0 && lost.get() > 0 && lost.get() >= joined.get();
  }

  /** How many look at somebody, by their last answers. */
  public int lookersAt(Person person) {
    return lookers.get(person.number());
  }

  /** How many people somebody looks at, on average. */
  public double meanView() {
    long sum = 0;
    for (int i = 0; i < lookers.length(); i++) {
      sum += lookers.get(i);
    }
    return inLobby() == 0 ? 0 : (double) sum / inLobby();
  }

  private Future<Void> firstLook(Person person) {
    long start = Clock.nanos();
    return person
        .look(false)
        .map(
            answer -> {
              look.record(start, Clock.nanos());
              return null;
            });
  }

  /** Moves somebody's eyes from some to those in an answer. */
  int[] lookAt(int[] before, String answer) {
    for (int number : before) {
      lookers.decrementAndGet(number);
    }
    List<Integer> seen = new ArrayList<>();
    Scan.texts(
        answer,
        "userId",
        id -> {
          Person person = byId.get(id);
          if (person != null) {
            seen.add(person.number());
          }
        });
    int[] view = seen.stream().mapToInt(Integer::intValue).toArray();
    for (int number : view) {
      lookers.incrementAndGet(number);
    }
    return view;
  }

  /**
   * Where somebody new seems to come from: an address for each, and others in each run, since
   * servers limit how many accounts an address may make.
   */
  String nextAddress() {
    int address = Math.floorMod(lastAddress.getAndIncrement(), ADDRESSES);
    return "10." + (address >> 16) + "." + (address >> 8 & 255) + "." + (address & 255);
  }

  void signedUp(String userId, Person person) {
    byId.put(userId, person);
  }

  void leaves(String userId) {
    byId.remove(userId);
  }

  void entered(int more) {
    inLobby.addAndGet(more);
  }

  void lost(Person person, Trouble why) {
    lost.incrementAndGet();
    report.failures().add("connection lost", why);
    listener.closed(person, why);
  }

  /** Whether the server acknowledges events, as far as is known. */
  public boolean serverAcknowledges() {
    return acknowledges;
  }

  void acknowledged() {
    acknowledgedOnce = true;
  }

  /** An acknowledgement is overdue; if there was none ever, none is asked for from now on. */
  boolean neverAcknowledged() {
    if (!acknowledgedOnce) {
      acknowledges = false;
    }
    return !acknowledgedOnce;
  }

  CrowdListener listener() {
    return listener;
  }

  Latency signUp() {
    return signUp;
  }

  Latency connect() {
    return connect;
  }

  Latency enter() {
    return enter;
  }

  String inviteCode() {
    return options.text(Option.INVITE_CODE);
  }

  String acceptEncoding() {
    return options.text(Option.ACCEPT_ENCODING);
  }

  boolean deltas() {
    return options.on(Option.DELTAS);
  }
}
