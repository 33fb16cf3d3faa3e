package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.net.Trouble;
import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** People who come back with a burden for the server, and try until they are let in. */
final class Comers {

  private static final int ATTACHMENTS = 8;
  private static final int BYTES = 110_000;

  private static final long USUAL_MILLIS = 2_000;

  private final Report report;
  private final List<Iterator<Person>> next = new ArrayList<>();
  private final List<Person> burdens = new ArrayList<>();
  private final AtomicInteger outside = new AtomicInteger();
  private final AtomicLong most = new AtomicLong();
  private final LongAdder attempts = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder hinted = new LongAdder();
  private final LongAdder burdened = new LongAdder();
  private volatile boolean relieved;

  Comers(Run run, List<Person> people) {
    report = run.report();
    for (Loop loop : run.network().loops()) {
      next.add(people.stream().filter(one -> one.loop() == loop).toList().iterator());
    }
  }

  /** The next one of a loop loses the connection and comes back; on the loop. */
  void comeWithBurden(Loop loop) {
    Iterator<Person> people = next.get(loop.number());
    if (people.hasNext()) {
      leave(people.next());
    }
  }

  /** All burdens are taken back; who brought one comes without. */
  void relieve() {
    relieved = true;
    List<Person> all;
    synchronized (burdens) {
      all = List.copyOf(burdens);
    }
    all.forEach(person -> person.loop().executor().execute(() -> leave(person)));
  }

  private void leave(Person person) {
    person.cut();
    most.accumulateAndGet(outside.incrementAndGet(), Math::max);
    attempt(person);
  }

  private void attempt(Person person) {
    attempts.increment();
    person
        .connect()
        .compose(connected -> person.enter())
        .onComplete(
            in -> {
              outside.decrementAndGet();
              if (!relieved) {
                burdened.increment();
                person.leaveUnfinished(ATTACHMENTS, BYTES);
                synchronized (burdens) {
                  burdens.add(person);
                }
              }
            },
            cause -> {
              Trouble why = Trouble.of(cause);
              refused.increment();
              report.failures().add("come in", why);
              if (why.retryAfterMillis() >= 0) {
                hinted.increment();
              }
              person.cut();
              long asked = Math.max(why.retryAfterMillis(), USUAL_MILLIS);
              long pause = asked + ThreadLocalRandom.current().nextLong(asked / 2);
              var unused = Clock.after(person.loop().executor(), pause, () -> attempt(person));
            });
  }

  int outside() {
    return outside.get();
  }

  String progress() {
    return String.format(
        "  burdens %,d  outside %,d  refused %,d", burdened.sum(), outside(), refused.sum());
  }

  void say(String when) {
    report
        .figure("came with a burden" + when, burdened.sum(), "users")
        .figure("bytes that they brought" + when, burdened.sum() * ATTACHMENTS * BYTES / 1e6, "MB")
        .figure("attempts to come in" + when, attempts.sum(), "")
        .figure("refused" + when, refused.sum(), "")
        .figure("refused with a hint when to retry" + when, hinted.sum(), "")
        .figure("outside at most" + when, most.get(), "users");
  }
}
