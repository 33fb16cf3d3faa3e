package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Latency;
import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.net.Trouble;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.people.CrowdListener;
import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who comes, goes, and is away without wanting to be.
 *
 * <pre>
 *   there --swap--> another comes in his place --> there
 *   there --lose, or closed by the server--> back by himself --> there
 * </pre>
 *
 * <p>All of a person happens on his loop; counters may be read anywhere.
 */
final class Visitors implements CrowdListener {

  private static final int ATTEMPTS = 12;

  /** How often somebody is looked for of whom it may be. */
  private static final int TRIES = 20;

  /** The contract's servers end the call of somebody who is away for ten seconds. */
  private static final double LONGEST_IN_CALL = 4_500;

  private static final long CLOSED_MILLIS = 500;

  private final Crowd crowd;
  private final CallBoard board;
  private final Report report;
  private final Latency arrival;
  private final Latency comeback;
  private final double awayMillis;
  private final boolean[] away;
  private final LongAdder absent = new LongAdder();
  private final LongAdder swapped = new LongAdder();
  private final LongAdder lostInLobby = new LongAdder();
  private final LongAdder lostInCall = new LongAdder();
  private final LongAdder back = new LongAdder();
  private final LongAdder gaveUp = new LongAdder();

  /**
   * Hears from then on what people are told, and hands the board what concerns calls.
   *
   * @param awaySeconds how long a lost network is away, on average
   */
  Visitors(Crowd crowd, CallBoard board, Report report, double awaySeconds) {
    this.crowd = crowd;
    this.board = board;
    this.report = report;
    arrival = report.latency("somebody new: sign up until in the lobby");
    comeback = report.latency("network is back until there again");
    awayMillis = awaySeconds * 1e3;
    away = new boolean[crowd.people().size()];
    crowd.listen(this);
  }

  /** Somebody who has no call leaves for good, and somebody new comes. */
  void swap(Loop loop) {
    Person person = pick(loop, false);
    if (person == null || !board.take(person)) {
      return;
    }
    swapped.increment();
    person.leave();
    long start = Clock.nanos();
    admit(
        person,
        "arrive",
        () -> person.arrive().compose(arrived -> person.look(false)).mapEmpty(),
        () -> {
          arrival.record(start, Clock.nanos());
          board.release(person);
        });
  }

  /** Somebody's network is gone, and some time later it is back. */
  void lose(Loop loop) {
    Person person = pick(loop, true);
    if (person == null) {
      return;
    }
    Call call = board.callOf(person);
    if (call == null) {
      boolean unused = board.take(person);
      lostInLobby.increment();
    } else {
      call.lost();
      lostInCall.increment();
    }
    person.cut();
    double gone = awayMillis * (0.1 + 1.8 * ThreadLocalRandom.current().nextDouble());
    comeBack(person, call, (long) (call == null ? gone : Math.min(gone, LONGEST_IN_CALL)));
  }

  @Override
  public void event(Person who, String name, String payload) {
    board.event(who, name, payload);
  }

  @Override
  public void closed(Person who, Trouble why) {
    board.closed(who, why);
    // Who is coming back just now sees it by himself.
    if (!away[who.number()]) {
      boolean unused = board.take(who);
      comeBack(who, null, CLOSED_MILLIS);
    }
  }

  /** How many are connected and where they want to be. Safe from any thread. */
  int present() {
    return crowd.people().size() - (int) absent.sum();
  }

  /** Adds what happened. */
  void conclude(Report report) {
    report
        .figure("people who left, and others came", swapped.sum(), "")
        .figure("networks lost in the lobby", lostInLobby.sum(), "")
        .figure("networks lost in a call", lostInCall.sum(), "")
        .figure("connections that came back", back.sum(), "")
        .figure("people who gave up getting in", gaveUp.sum(), "");
  }

  private void comeBack(Person person, @Nullable Call call, long afterMillis) {
    long[] start = {0};
    Supplier<Future<Void>> way =
        () ->
            Clock.pause(person.loop().executor(), start[0] == 0 ? afterMillis : 0)
                .compose(
                    rested -> {
                      start[0] = start[0] == 0 ? Clock.nanos() : start[0];
                      return person.connect();
                    })
                .compose(connected -> resume(person, call));
    admit(
        person,
        "come back",
        way,
        () -> {
          comeback.record(start[0], Clock.nanos());
          back.increment();
          if (call == null) {
            board.release(person);
          } else {
            call.returned();
          }
        });
  }

  private Future<Void> resume(Person person, @Nullable Call call) {
    if (call != null && board.callOf(person) == call) {
      return person.ask("room:join", "{\"roomId\":\"" + call.roomId() + "\"}");
    }
    return person
        .enter()
        .compose(entered -> person.look(false))
        .map(
            answer -> {
              if (call != null) {
                // It ended without him.
                board.release(person);
              }
              return null;
            });
  }

  private void admit(Person person, String doing, Supplier<Future<Void>> way, Runnable then) {
    away[person.number()] = true;
    absent.increment();
    var unused =
        Patience.until(person, ATTEMPTS, way, why -> report.failures().add(doing, why))
            .onComplete(
                done -> {
                  away[person.number()] = false;
                  absent.decrement();
                  then.run();
                },
                cause -> {
                  gaveUp.increment();
                  Call call = board.callOf(person);
                  if (call != null) {
                    call.fail("one of them did not come back");
                  }
                });
  }

  /** Somebody who is there and is not about to call or to be called; null when there is none. */
  private @Nullable Person pick(Loop loop, boolean inCallToo) {
    List<Person> people = crowd.on(loop);
    for (int i = 0; i < TRIES; i++) {
      Person person = people.get(ThreadLocalRandom.current().nextInt(people.size()));
      Call call = board.callOf(person);
      boolean suits = call == null ? board.free(person) : inCallToo && call.isTalking();
      if (suits && !away[person.number()]) {
        return person;
      }
    }
    return null;
  }
}
