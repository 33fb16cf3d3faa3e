package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.net.Trouble;
import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Pairs that write to each other, and lose a connection at times. Confined to their loops. */
final class Talkers implements Call.Watcher {

  private static final long BACK_MILLIS = 500;

  /** Within which a member must be back; the server waits for ten. */
  private static final long GRACE_MILLIS = 9_000;

  private final CallBoard board;
  private final Report report;
  private final List<List<Call>> calls = new ArrayList<>();
  private final int[] turns;
  private final int[] losses;
  private final LongAdder talking = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder arrived = new LongAdder();
  private final LongAdder cameBack = new LongAdder();
  private final LongAdder stayedAway = new LongAdder();

  Talkers(CallBoard board, Report report, int loops) {
    this.board = board;
    this.report = report;
    turns = new int[loops];
    losses = new int[loops];
    for (int i = 0; i < loops; i++) {
      calls.add(new ArrayList<>());
    }
  }

  /** What is said from now on counts. */
  void measure() {
    sent.reset();
    arrived.reset();
  }

  /** Whose turn it is writes a line; on the loop. */
  void sayNext(Loop loop) {
    List<Call> mine = calls.get(loop.number());
    if (mine.isEmpty()) {
      return;
    }
    int turn = turns[loop.number()]++;
    Call call = mine.get(turn / 2 % mine.size());
    Person who = turn % 2 == 0 ? call.caller() : call.callee();
    if (who.connected()) {
      sent.increment();
      who.emit(
          "room:chat", "{\"roomId\":\"" + call.roomId() + "\",\"text\":\"How are you doing?\"}");
    }
  }

  /** Whose turn it is loses the connection and comes back; on the loop. */
  void loseNext(Loop loop) {
    List<Call> mine = calls.get(loop.number());
    if (mine.isEmpty()) {
      return;
    }
    Person who = mine.get(losses[loop.number()]++ % mine.size()).caller();
    if (who.connected()) {
      who.cut();
      comeBack(who, Clock.nanos(), BACK_MILLIS);
    }
  }

  private void comeBack(Person who, long lostAt, long pause) {
    var unused =
        Clock.after(
            who.loop().executor(),
            pause,
            () ->
                who.connect()
                    .onComplete(
                        back -> cameBack.increment(), cause -> tryAgain(who, lostAt, cause)));
  }

  private void tryAgain(Person who, long lostAt, Throwable cause) {
    Trouble why = Trouble.of(cause);
    report.failures().add("back to a call", why);
    who.cut();
    long pause = Math.max(BACK_MILLIS, why.retryAfterMillis());
    if (Clock.millisSince(lostAt) + pause > GRACE_MILLIS) {
      stayedAway.increment();
    } else {
      comeBack(who, lostAt, pause);
    }
  }

  void hangUp(Loop loop) {
    List.copyOf(calls.get(loop.number())).forEach(Call::hangUp);
  }

  @Override
  public void talking(Call call) {
    calls.get(call.caller().loop().number()).add(call);
    talking.increment();
  }

  @Override
  public void said(Call call) {
    arrived.increment();
  }

  @Override
  public void refused(Call call, String reason) {
    report.failures().add("in a call: " + reason);
  }

  @Override
  public void over(Call call, @Nullable String failure) {
    if (calls.get(call.caller().loop().number()).remove(call)) {
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

  /** Lines, counted at each of the two. */
  long arrived() {
    return arrived.sum();
  }

  long cameBack() {
    return cameBack.sum();
  }

  long stayedAway() {
    return stayedAway.sum();
  }

  String progress() {
    return String.format("talking %,d  lines %,d", talking(), sent());
  }
}
