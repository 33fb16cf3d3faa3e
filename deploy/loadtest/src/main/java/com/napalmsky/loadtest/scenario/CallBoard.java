package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.net.Trouble;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.people.CrowdListener;
import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * All running calls: starts them, hands them their events and sends people back to the lobby.
 * People of one call share a loop, so that a call needs no locks; counters may be read anywhere.
 */
final class CallBoard implements CrowdListener, Call.Watcher {

  private static final long CALM_MILLIS = 500;

  private final Report report;
  private final @Nullable Call[] calls;
  private final List<Pairs> pairs = new ArrayList<>();
  private final LongAdder started = new LongAdder();
  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder notAccepted = new LongAdder();
  private final LongAdder nobodyFree = new LongAdder();

  CallBoard(Crowd crowd, Report report, List<Loop> loops) {
    this.report = report;
    calls = new Call[crowd.people().size()];
    for (Loop loop : loops) {
      pairs.add(new Pairs(crowd.on(loop).stream().filter(Person::inLobby).toList()));
    }
    crowd.listen(this);
  }

  /** Has two people of a loop call each other; on that loop. Does nothing when nobody is free. */
  void call(Loop loop, long intended, Call.Plan plan, CallSteps steps, Call.Watcher watcher) {
    Pairs.Pair pair = pairs.get(loop.number()).next();
    if (pair == null) {
      nobodyFree.increment();
      return;
    }
    Call call = new Call(pair.caller(), pair.callee(), plan, steps, watcher);
    calls[pair.caller().number()] = call;
    calls[pair.callee().number()] = call;
    started.increment();
    call.start(intended);
  }

  @Override
  public void event(Person who, String name, String payload) {
    Call call = calls[who.number()];
    if (call != null) {
      call.event(who, name, payload);
    }
  }

  @Override
  public void closed(Person who, Trouble why) {
    Call call = calls[who.number()];
    if (call != null) {
      call.fail("connection lost");
    }
  }

  @Override
  public void over(Call call, @Nullable String failure) {
    calls[call.caller().number()] = null;
    calls[call.callee().number()] = null;
    if (failure == null) {
      (call.reply() == Call.Reply.ACCEPT ? completed : notAccepted).increment();
    } else {
      failed.increment();
      report.failures().add(failure);
    }
    backToLobby(call.caller(), failure != null);
    backToLobby(call.callee(), failure != null);
  }

  private void backToLobby(Person person, boolean calm) {
    if (!person.connected()) {
      return;
    }
    Future<Void> ready =
        calm ? Clock.pause(person.loop().executor(), CALM_MILLIS) : Future.<Void>succeededFuture();
    var unused =
        ready
            .compose(rested -> person.inLobby() ? person.ask("queue:join", "") : person.enter())
            .onComplete(
                joined -> release(person),
                cause -> report.failures().add("back to the lobby", cause));
  }

  /** Takes somebody out of those who are free for a call; whether he was. On his loop. */
  boolean take(Person person) {
    return pairs.get(person.loop().number()).take(person);
  }

  /** Whether somebody is free for a call. On his loop. */
  boolean free(Person person) {
    return pairs.get(person.loop().number()).isFree(person);
  }

  /** Somebody is free for a call from now on. On his loop. */
  void release(Person person) {
    pairs.get(person.loop().number()).release(person);
  }

  /** The call that somebody has; null when he has none. On his loop. */
  @Nullable Call callOf(Person person) {
    return calls[person.number()];
  }

  /** Whether somebody is in a call, or about to be. */
  boolean inCall(Person who) {
    return calls[who.number()] != null;
  }

  /** What is counted so far is forgotten; calls that run count when they end. */
  void reset() {
    started.reset();
    completed.reset();
    failed.reset();
    notAccepted.reset();
    nobodyFree.reset();
  }

  long started() {
    return started.sum();
  }

  long completed() {
    return completed.sum();
  }

  long failed() {
    return failed.sum();
  }

  /** Invites that were declined, taken back or not answered, as planned. */
  long notAccepted() {
    return notAccepted.sum();
  }

  /** Calls that were due while nobody was free. */
  long nobodyFree() {
    return nobodyFree.sum();
  }

  /** Calls that are not over. */
  long running() {
    return started() - completed() - failed() - notAccepted();
  }
}
