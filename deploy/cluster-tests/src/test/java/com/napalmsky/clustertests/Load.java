package com.napalmsky.clustertests;

import static com.napalmsky.clustertests.Person.LIMIT;
import static com.napalmsky.clustertests.Person.in;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * People who call each other all the time: so many calls are begun each second as long as there are
 * enough who are free and have not met. In each call both say something until its caller hangs up.
 */
final class Load implements AutoCloseable {

  private static final int LINES = 4;
  private static final long BETWEEN_LINES_MILLIS = 400;

  /**
   * A call that at least one of the two was told of.
   *
   * @param said the lines whose sender was told that they are carried out
   * @param reason why it ended, as both were told
   */
  record Call(String roomId, Person caller, Person callee, List<String> said, String reason) {}

  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final List<Person> people;
  private final LinkedList<Person> free = new LinkedList<>();
  private final Set<Set<Person>> met = new HashSet<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger skipped = new AtomicInteger();
  private final Map<String, Call> begun = new ConcurrentHashMap<>();
  private final Queue<Call> ended = new ConcurrentLinkedQueue<>();
  private final Queue<String> notBegun = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  private Load(List<Person> people) {
    this.people = people;
    free.addAll(people);
  }

  /** So many people in the lobby, at both doors alike. */
  static Load of(Stage stage, int count) throws Exception {
    ExecutorService signUps = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Person>> coming =
          IntStream.range(0, count)
              .mapToObj(
                  i -> (Callable<Person>) () -> Person.inTheLobby(stage.door(i % 2), "Load " + i))
              .toList();
      List<Person> people = new ArrayList<>();
      for (Future<Person> one : signUps.invokeAll(coming)) {
        people.add(one.get());
      }
      return new Load(people);
    } finally {
      signUps.shutdown();
    }
  }

  void begin(int callsEachSecond) {
    long every = TimeUnit.SECONDS.toMicros(1) / callsEachSecond;
    var unused = pace.scheduleAtFixedRate(this::another, 0, every, TimeUnit.MICROSECONDS);
  }

  /** Begins no more calls, and waits until those that run are over. */
  void end() throws Exception {
    pace.shutdown();
    Await.until("the last calls are over", LIMIT.multipliedBy(3), () -> running.get() == 0);
  }

  private void another() {
    Optional<Person[]> pair = strangers();
    if (pair.isEmpty()) {
      skipped.incrementAndGet();
      return;
    }
    running.incrementAndGet();
    var unused = callers.submit(() -> call(pair.get()[0], pair.get()[1]));
  }

  private Optional<Person[]> strangers() {
    synchronized (free) {
      Person caller = free.pollFirst();
      if (caller == null) {
        return Optional.empty();
      }
      for (Person callee : free) {
        if (met.add(Set.of(caller, callee))) {
          free.remove(callee);
          return Optional.of(new Person[] {caller, callee});
        }
      }
      free.addLast(caller);
      return Optional.empty();
    }
  }

  private void call(Person caller, Person callee) {
    Optional<String> roomId = Optional.empty();
    try {
      roomId = begin(caller, callee);
      if (roomId.isPresent()) {
        ended.add(talk(begun.get(roomId.get())));
      }
      caller.enterLobby();
      callee.enterLobby();
      synchronized (free) {
        free.add(caller);
        free.add(callee);
      }
    } catch (Throwable failed) {
      (roomId.isPresent() ? failures : notBegun)
          .add(
              "%s %s, %s with %s: %s"
                  .formatted(
                      LocalTime.now(),
                      roomId.orElse("no room"),
                      caller.userId(),
                      callee.userId(),
                      failed.getMessage()));
    } finally {
      running.decrementAndGet();
    }
  }

  /** Until both are told of the call; empty when there was none. */
  private Optional<String> begin(Person caller, Person callee) throws Exception {
    JSONObject invited =
        caller.ask(
            "call:invite", object(Map.of("toUserId", callee.userId(), "requestedSeconds", 300)));
    if (invited.optString("outcome").equals("declined")) {
      notBegun.add(invited.toString());
      return Optional.empty();
    }
    Optional<JSONObject> notice =
        callee.heard(
            "call:notify",
            LIMIT,
            told -> told.optString("inviteId").equals(invited.optString("inviteId")));
    if (notice.isEmpty()) {
      notBegun.add("the callee was not told of " + invited);
      return Optional.empty();
    }
    JSONObject accept =
        object(Map.of("inviteId", invited.getString("inviteId"), "requestedSeconds", 300));
    Optional<JSONObject> start = Optional.empty();
    // An accept whose answer was lost would be refused when it comes again; the call is the answer.
    // Who was slow to join an earlier one may have been told of that twice.
    for (int i = 0; i < 6 && start.isEmpty(); i++) {
      callee.emit("call:accept", accept);
      start =
          callee.heard(
              "call:start",
              LIMIT.dividedBy(6),
              told -> !begun.containsKey(told.optString("roomId")));
    }
    if (start.isEmpty()) {
      notBegun.add("no call came of " + invited);
      return Optional.empty();
    }
    String roomId = start.get().getString("roomId");
    begun.put(roomId, new Call(roomId, caller, callee, List.of(), ""));
    caller.hears("call:start", LIMIT, told -> told.optString("roomId").equals(roomId));
    return Optional.of(roomId);
  }

  private static Call talk(Call call) throws Exception {
    String roomId = call.roomId();
    call.caller().enterRoom(roomId);
    call.callee().enterRoom(roomId);
    call.caller().ask("rtc:offer", in(roomId).put("offer", Talk.sdp("offer")));
    call.callee().hears("rtc:offer", LIMIT);
    call.callee().ask("rtc:answer", in(roomId).put("answer", Talk.sdp("answer")));
    call.caller().hears("rtc:answer", LIMIT);
    List<String> said = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      String line = "line " + i;
      Person speaker = i % 2 == 0 ? call.caller() : call.callee();
      speaker.ask("room:chat", in(roomId).put("text", line));
      said.add(line);
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LINES_MILLIS);
    }
    call.caller().ask("call:end", in(roomId));
    String reason = reason(call.caller(), roomId);
    String other = reason(call.callee(), roomId);
    if (!reason.equals(other)) {
      throw new AssertionError(roomId + " ended as " + reason + " and as " + other);
    }
    return new Call(roomId, call.caller(), call.callee(), said, reason);
  }

  private static String reason(Person member, String roomId) throws Exception {
    return member
        .hears("session:finalized", LIMIT, end -> end.optString("roomId").equals(roomId))
        .getString("reason");
  }

  private static JSONObject object(Map<String, Object> fields) throws JSONException {
    JSONObject payload = new JSONObject();
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      payload.put(field.getKey(), field.getValue());
    }
    return payload;
  }

  List<Person> people() {
    return people;
  }

  boolean allConnected() {
    return people.stream().allMatch(Person::connected);
  }

  /** Those that somebody was told of, ended or not, by their room. */
  Set<String> begun() {
    return Set.copyOf(begun.keySet());
  }

  /** Those that both were told the end of, by their room. */
  Map<String, Call> ended() {
    return ended.stream().collect(toMap(Call::roomId, call -> call));
  }

  /** What went wrong in calls that had begun, or on the way back to the lobby. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Invites that became no call, with the reason. */
  List<String> notBegun() {
    return List.copyOf(notBegun);
  }

  /** How often nobody was free to call when it was time to. */
  int skipped() {
    return skipped.get();
  }

  Duration longestAway() {
    return people.stream().map(Person::longestAway).max(Duration::compareTo).orElseThrow();
  }

  @Override
  public void close() {
    pace.shutdownNow();
    callers.shutdownNow();
    people.forEach(Person::close);
  }
}
