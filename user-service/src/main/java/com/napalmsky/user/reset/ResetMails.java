package com.napalmsky.user.reset;

import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.mail.Mail;
import com.napalmsky.user.mail.Mailer;
import com.napalmsky.user.reset.ResetRequests.Taken;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails what was asked for, one after the other, and tries again what failed. Several instances may
 * do so at once.
 *
 * <p>A request that cannot be mailed waits longer each time; after every failure all others wait a
 * little too, so that a dead mail server is not asked for each of them. A mail whose fate is not
 * known is sent again: both links are good. A request is given up when it is as old as a link may
 * become.
 *
 * <p>Confined to the context that starts it; the counts may be read from any.
 */
public final class ResetMails {

  private static final Logger LOG = LoggerFactory.getLogger(ResetMails.class);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration FIRST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  /** What one look for a request came to. */
  enum Round {
    NOTHING_DUE,
    DONE,
    FAILED
  }

  private final ResetRequests requests;
  private final ResetTokens tokens;
  private final Database database;
  private final Mailer mailer;
  private final Timers timers;
  private final ResetRules rules;
  private final Duration lease;
  private final ResetCounts counts = new ResetCounts();

  private Timers.Cancellable next = () -> {};
  private boolean stopped;
  private int failures;

  /**
   * @param lease longer than one mail can take with all that belongs to it
   */
  public ResetMails(
      ResetRequests requests,
      ResetTokens tokens,
      Database database,
      Mailer mailer,
      Timers timers,
      ResetRules rules,
      Duration lease) {
    this.requests = requests;
    this.tokens = tokens;
    this.database = database;
    this.mailer = mailer;
    this.timers = timers;
    this.rules = rules;
    this.lease = lease;
  }

  /** Begins at once. */
  public void start() {
    goOnAfter(Duration.ZERO);
  }

  /** Ends after the mail under way, if there is one; may be called twice. */
  public void stop() {
    stopped = true;
    next.cancel();
  }

  /** What became of the mails of this instance since its start. */
  public ResetCounts counts() {
    return counts;
  }

  private void goOnAfter(Duration pause) {
    if (!stopped) {
      next = timers.after(pause, this::goOn);
    }
  }

  private void goOn() {
    round()
        .onComplete(
            round -> {
              failures = round == Round.FAILED ? failures + 1 : 0;
              goOnAfter(
                  switch (round) {
                    case NOTHING_DUE -> rules.poll();
                    case DONE -> Duration.ZERO;
                    case FAILED -> growing(FIRST_REST, failures, LONGEST_REST);
                  });
            },
            // PostgreSQL is away; what was taken is due again when its lease is over.
            cause -> goOnAfter(rules.poll()));
  }

  /** Deals with the request that is due first, if there is one. */
  Future<Round> round() {
    return requests
        .take(lease)
        .compose(
            taken ->
                taken.map(this::deal).orElseGet(() -> Future.succeededFuture(Round.NOTHING_DUE)));
  }

  private Future<Round> deal(Taken taken) {
    UUID userId = taken.userId();
    if (userId == null) {
      counts.forNobody();
      return forget(taken);
    }
    if (!taken.requestedAt().plus(rules.life()).isAfter(timers.now())) {
      counts.givenUp();
      LOG.warn("password reset given up, not mailed after {} attempts", taken.attempts() - 1);
      return forget(taken);
    }
    return database
        .transaction(tx -> tokens.issue(tx, userId, rules.life(), rules.mailsPerHour()))
        .compose(token -> token.map(made -> mail(taken, made)).orElseGet(() -> tooMany(taken)));
  }

  private Future<Round> tooMany(Taken taken) {
    counts.tooMany();
    LOG.info("password reset dropped, {} were mailed within the hour", rules.mailsPerHour());
    return forget(taken);
  }

  private Future<Round> mail(Taken taken, String token) {
    return send(taken, token)
        .compose(
            sent -> {
              counts.sent();
              return database
                  .transaction(
                      tx ->
                          tokens
                              .mailed(tx, token)
                              .compose(noted -> ResetRequests.remove(tx, taken)))
                  .map(Round.DONE);
            },
            cause -> {
              counts.failed();
              Duration pause = growing(FIRST_PAUSE, taken.attempts(), LONGEST_PAUSE);
              LOG.warn(
                  "password reset not mailed attempt={} againInSeconds={} cause={}",
                  taken.attempts(),
                  pause.toSeconds(),
                  cause.toString());
              return requests.putOff(taken, pause).map(Round.FAILED);
            });
  }

  private Future<Void> send(Taken taken, String token) {
    try {
      return mailer.send(letter(taken.email(), token));
    } catch (RuntimeException unsendable) {
      return Future.failedFuture(unsendable);
    }
  }

  private Mail letter(String to, String token) {
    return new Mail(
        to,
        "Set a new password for Napalm Sky",
        """
        Somebody, hopefully you, asked for a new password for the Napalm Sky account
        with this e-mail address. Open this page to set one:

        %s

        The link works once, within %d minutes. All devices are signed out then.
        If it was not you, do nothing: your password stays as it is.
        """
            .formatted(rules.link(token), rules.life().toMinutes()));
  }

  private Future<Round> forget(Taken taken) {
    return database.transaction(tx -> ResetRequests.remove(tx, taken)).map(Round.DONE);
  }

  /** first, twice that, four times … */
  private static Duration growing(Duration first, int times, Duration longest) {
    Duration grown = first.multipliedBy(1L << Math.min(20, times - 1));
    return grown.compareTo(longest) < 0 ? grown : longest;
  }
}
