package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Latency;
import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Timer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Numbered candidates between people who talk, and how long each took. */
final class Candidates implements Call.Watcher {

  /** How many of one sender may be under way before the oldest is taken for lost. */
  private static final int REMEMBERED = 1_024;

  private static final long LOST_NANOS = 1_000_000_000L;
  private static final long NEVER = Long.MIN_VALUE;

  /** One side of a call. Confined to its loop. */
  private static final class Sender {
    final Call call;
    final Person person;
    final long[] sentAt = new long[REMEMBERED];
    long next;
    int underWay;
    long heardAt;

    Sender(Call call, Person person) {
      this.call = call;
      this.person = person;
      Arrays.fill(sentAt, NEVER);
    }
  }

  private final CallBoard board;
  private final Report report;
  private final Latency latency;
  private final int window;
  private final List<List<Sender>> senders = new ArrayList<>();
  private final List<Map<Person, Sender>> byPerson = new ArrayList<>();
  private final int[] turns;
  private final LongAdder talking = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private volatile long measuredFrom = Long.MAX_VALUE;
  private volatile boolean stopped;

  /**
   * @param window how many of one sender are under way; 0 when a rate decides
   */
  Candidates(CallBoard board, Report report, int loops, int window) {
    this.board = board;
    this.report = report;
    this.window = window;
    latency = report.latency("rtc:ice");
    turns = new int[loops];
    for (int i = 0; i < loops; i++) {
      senders.add(new ArrayList<>());
      byPerson.add(new HashMap<>());
    }
  }

  /** What is sent from now on counts. */
  void measure() {
    measuredFrom = Clock.nanos();
    sent.reset();
    delivered.reset();
  }

  void stop() {
    stopped = true;
  }

  /** Ends the calls of a loop; on that loop. */
  void hangUp(Loop loop) {
    List.copyOf(senders.get(loop.number())).forEach(sender -> sender.call.hangUp());
  }

  /** Whose turn it is sends one; on the loop. */
  void sendNext(Loop loop, long intended) {
    List<Sender> mine = senders.get(loop.number());
    if (!mine.isEmpty()) {
      send(mine.get(turns[loop.number()]++ % mine.size()), intended);
    }
  }

  /** Everybody keeps a window of messages under way, for a time. */
  Future<Void> fillWindows(Loop loop, int seconds) {
    long end = Clock.nanos() + seconds * 1_000_000_000L;
    loop.executor().execute(() -> refill(loop, true));
    Timer watch = Clock.every(loop.executor(), 500, () -> refill(loop, false));
    return Clock.pause(loop.executor(), (end - Clock.nanos()) / 1_000_000)
        .onComplete(over -> watch.cancel());
  }

  private void refill(Loop loop, boolean all) {
    long now = Clock.nanos();
    for (Sender sender : List.copyOf(senders.get(loop.number()))) {
      if (all ? sender.underWay == 0 : now - sender.heardAt > LOST_NANOS) {
        sender.underWay = 0;
        sender.heardAt = now;
        for (int i = 0; i < window; i++) {
          send(sender, now);
        }
      }
    }
  }

  private void send(Sender sender, long intended) {
    if (stopped || !sender.call.isTalking()) {
      return;
    }
    long number = sender.next++;
    sender.sentAt[(int) (number % REMEMBERED)] = intended;
    sender.underWay++;
    sent.increment();
    sender.person.emit("rtc:ice", Signals.candidate(sender.call.roomId(), number));
  }

  @Override
  public void talking(Call call) {
    int loop = call.caller().loop().number();
    for (Person person : List.of(call.caller(), call.callee())) {
      Sender sender = new Sender(call, person);
      senders.get(loop).add(sender);
      byPerson.get(loop).put(person, sender);
    }
    talking.increment();
  }

  @Override
  public void candidate(Call call, Person receiver, String payload) {
    Person other = receiver == call.caller() ? call.callee() : call.caller();
    Sender sender = byPerson.get(receiver.loop().number()).get(other);
    long number = Signals.number(payload);
    if (sender == null || number < 0 || number < sender.next - REMEMBERED) {
      return;
    }
    int place = (int) (number % REMEMBERED);
    long intended = sender.sentAt[place];
    if (intended == NEVER) {
      return;
    }
    sender.sentAt[place] = NEVER;
    long now = Clock.nanos();
    sender.heardAt = now;
    sender.underWay = Math.max(0, sender.underWay - 1);
    if (intended >= measuredFrom) {
      delivered.increment();
      latency.record(intended, now);
    }
    if (window > 0 && sender.underWay < window) {
      send(sender, now);
    }
  }

  @Override
  public void refused(Call call, String reason) {
    report.failures().add("rtc:ice: " + reason);
  }

  @Override
  public void over(Call call, @Nullable String failure) {
    int loop = call.caller().loop().number();
    boolean talked = senders.get(loop).removeIf(sender -> sender.call == call);
    byPerson.get(loop).remove(call.caller());
    byPerson.get(loop).remove(call.callee());
    if (talked) {
      talking.decrement();
    }
    board.over(call, failure);
  }

  long talking() {
    return talking.sum();
  }

  long sent() {
    return sent.sum();
  }

  long delivered() {
    return delivered.sum();
  }

  /** For the line of progress. */
  String progress() {
    return String.format(
        "sent %,d  relayed %,d  p99 %.0f ms", sent(), delivered(), latency.lately().p99());
  }
}
