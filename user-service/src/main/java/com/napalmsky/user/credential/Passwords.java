package com.napalmsky.user.credential;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and compares passwords on workers of its own. Safe from any context.
 *
 * <p>More work than {@link PasswordRules} allow to wait is refused at once with {@link
 * Code#OVERLOADED}: a flood of logins must not make the last of them wait for minutes.
 */
public final class Passwords {

  private static final int SHORTEST = 8;
  private static final int LONGEST = 128;
  private static final long WORRYING_SECONDS = 30;

  private final PasswordRules rules;
  private final WorkerExecutor workers;
  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger pending = new AtomicInteger();
  private final String nobodysHash;

  private Passwords(PasswordRules rules, WorkerExecutor workers) {
    this.rules = rules;
    this.workers = workers;
    this.nobodysHash = Bcrypt.ofNobody(rules.cost(), random);
  }

  /** Starts the workers; they end with {@link #close} or with Vert.x. */
  public static Passwords on(Vertx vertx, PasswordRules rules) {
    return new Passwords(
        rules,
        vertx.createSharedWorkerExecutor(
            "user-passwords", rules.workers(), WORRYING_SECONDS, TimeUnit.SECONDS));
  }

  /** Whether a new password may be used: 8 to 128 characters. */
  public static boolean acceptable(String password) {
    return password.length() >= SHORTEST && password.length() <= LONGEST;
  }

  /** The hash to store. */
  public Future<String> hash(String password) {
    return work(() -> Bcrypt.hash(password, rules.cost(), random));
  }

  /**
   * Compares; takes as long when there is nothing to compare with, so that the time tells nobody
   * who has an account.
   *
   * @param hash null when there is no such account, or one without a password
   */
  public Future<Boolean> matches(String password, @Nullable String hash) {
    return work(
        () -> {
          boolean same = Bcrypt.matches(password, hash == null ? nobodysHash : hash);
          return same && hash != null;
        });
  }

  private <T> Future<T> work(Callable<T> task) {
    if (pending.incrementAndGet() > pendingMax()) {
      pending.decrementAndGet();
      return Future.failedFuture(new ServiceFailure(Code.OVERLOADED, "too many passwords wait"));
    }
    return workers.executeBlocking(task, false).onComplete(done -> pending.decrementAndGet());
  }

  /** Passwords worked on or waiting now. */
  public int pending() {
    return pending.get();
  }

  /** Passwords that may be worked on or wait. */
  public int pendingMax() {
    return rules.workers() + rules.queue();
  }

  /** Ends the workers. */
  public Future<Void> close() {
    return workers.close();
  }
}
