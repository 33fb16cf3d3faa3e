package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.net.Trouble;
import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import io.vertx.core.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tries to get in again and again, as a browser's client does, or when the server said. */
final class Patience {

  /** As the browser's client: a second, doubled each time, at most five, give or take half. */
  private static final long FIRST_MILLIS = 1_000;

  private static final long LONGEST_MILLIS = 5_000;

  private Patience() {}

  /**
   * Goes a way until it succeeds; on the person's loop.
   *
   * @param most times at most; the last failure is that of the future
   * @param refused told of each failure
   */
  static Future<Void> until(
      Person person, int most, Supplier<Future<Void>> way, Consumer<Trouble> refused) {
    return attempt(person, most, way, refused, 1);
  }

  private static Future<Void> attempt(
      Person person, int most, Supplier<Future<Void>> way, Consumer<Trouble> refused, int number) {
    return way.get()
        .recover(
            cause -> {
              Trouble why = Trouble.of(cause);
              refused.accept(why);
              if (number >= most) {
                return Future.failedFuture(why);
              }
              person.cut();
              return Clock.pause(person.loop().executor(), pause(why, number))
                  .compose(rested -> attempt(person, most, way, refused, number + 1));
            });
  }

  private static long pause(Trouble why, int number) {
    long asked = why.retryAfterMillis();
    if (asked >= 0) {
      return asked + ThreadLocalRandom.current().nextLong(asked / 2 + 100);
    }
    long usual = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(number - 1, 10));
    return usual / 2 + ThreadLocalRandom.current().nextLong(usual);
  }
}
