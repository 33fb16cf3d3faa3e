package com.napalmsky.user.account;

import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.UserContract.Link;
import com.napalmsky.shared.contract.user.UserContract.LinkOutcome;
import com.napalmsky.shared.contract.user.UserContract.Linked;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.credential.EmailAddress;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.reset.ResetTokens;
import com.napalmsky.user.session.Sessions;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives a guest e-mail and password, or a permanent account others. Safe from any context.
 *
 * <pre>
 *   GUEST ──link──► PERMANENT ──link with the current password──► PERMANENT
 * </pre>
 */
public final class Links {

  private static final String HASH = "SELECT password_hash FROM users WHERE user_id = $1";
  // Holds the row, and only while the password is still the one that was looked at: of two links
  // at the same time the second finds nothing.
  private static final String STORE =
      "UPDATE users SET email = $2, password_hash = $3, updated_at = $4"
          + " WHERE user_id = $1 AND password_hash IS NOT DISTINCT FROM $5";
  private static final String EXISTS = "SELECT 1 FROM users WHERE user_id = $1";

  /** What a link starts from. */
  private record Before(UUID sessionId, UUID userId, @Nullable String hash) {}

  /** What was asked, found to be right. */
  private record Wish(EmailAddress email, String password, @Nullable String currentPassword) {}

  /** Rolls the transaction back; never leaves this class. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final LinkOutcome outcome;

    Refused(LinkOutcome outcome) {
      super(outcome.name(), null, false, false);
      this.outcome = outcome;
    }
  }

  private final Database database;
  private final Timers timers;
  private final Sessions sessions;
  private final Passwords passwords;
  private final ResetTokens resets;

  public Links(
      Database database,
      Timers timers,
      Sessions sessions,
      Passwords passwords,
      ResetTokens resets) {
    this.database = database;
    this.timers = timers;
    this.sessions = sessions;
    this.passwords = passwords;
    this.resets = resets;
  }

  /** Stores e-mail and password, prolongs this session and ends all others of the user. */
  public Future<Linked> link(Link request) {
    return before(request.tokenHash())
        .compose(before -> link(before, wish(request)))
        .recover(
            cause -> {
              if (cause instanceof Refused refused) {
                return Future.succeededFuture(refused.outcome);
              }
              return Database.violates(cause, "users_email_key")
                  ? Future.succeededFuture(LinkOutcome.EMAIL_TAKEN)
                  : Future.failedFuture(cause);
            })
        .map(Linked::new);
  }

  private Future<Before> before(String tokenHash) {
    return database.read(
        connection ->
            sessions
                .active(connection, tokenHash)
                .compose(
                    found ->
                        found
                            .map(session -> before(connection, session))
                            .orElseGet(() -> refuse(LinkOutcome.SESSION_REFUSED))));
  }

  private static Future<Before> before(SqlConnection connection, Session session) {
    return connection
        .preparedQuery(HASH)
        .execute(Tuple.of(session.userId()))
        .compose(
            rows ->
                rows.size() == 0
                    ? refuse(LinkOutcome.USER_GONE)
                    : Future.succeededFuture(
                        new Before(
                            session.sessionId(),
                            session.userId(),
                            rows.iterator().next().getString("password_hash"))));
  }

  private static Wish wish(Link request) {
    Optional<EmailAddress> email = EmailAddress.of(request.email());
    if (email.isEmpty()) {
      throw new Refused(LinkOutcome.EMAIL_INVALID);
    }
    if (!Passwords.acceptable(request.password())) {
      throw new Refused(LinkOutcome.PASSWORD_INVALID);
    }
    return new Wish(email.get(), request.password(), request.currentPassword());
  }

  private Future<LinkOutcome> link(Before before, Wish wish) {
    return mayChange(before, wish)
        .compose(
            may -> may ? passwords.hash(wish.password()) : refuse(LinkOutcome.ALREADY_PERMANENT))
        .compose(hash -> database.transaction(tx -> store(tx, before, wish.email(), hash)))
        .map(
            displaced -> {
              sessions.announce(before.userId(), displaced, SessionEnd.NEW_LOGIN);
              return LinkOutcome.LINKED;
            });
  }

  private Future<Boolean> mayChange(Before before, Wish wish) {
    if (before.hash() == null) {
      return Future.succeededFuture(true);
    }
    return wish.currentPassword() == null
        ? Future.succeededFuture(false)
        : passwords.matches(wish.currentPassword(), before.hash());
  }

  private Future<List<UUID>> store(
      SqlConnection tx, Before before, EmailAddress email, String hash) {
    return tx.preparedQuery(STORE)
        .execute(
            Tuple.of(before.userId(), email.text(), hash, SqlTime.of(timers.now()), before.hash()))
        .compose(
            rows -> rows.rowCount() == 1 ? Future.succeededFuture() : whyNot(tx, before.userId()))
        // What was mailed to the old address must not change the new account.
        .compose(stored -> resets.voidAll(tx, before.userId()))
        .compose(voided -> sessions.makePermanent(tx, before.sessionId()))
        .compose(
            stands ->
                stands
                    ? sessions.displaceOthers(tx, before.userId(), before.sessionId())
                    // Displaced or logged out while the password was hashed.
                    : refuse(LinkOutcome.SESSION_REFUSED));
  }

  private static Future<Void> whyNot(SqlConnection tx, UUID userId) {
    return tx.preparedQuery(EXISTS)
        .execute(Tuple.of(userId))
        .compose(
            rows ->
                refuse(rows.size() == 0 ? LinkOutcome.USER_GONE : LinkOutcome.ALREADY_PERMANENT));
  }

  private static <T> Future<T> refuse(LinkOutcome outcome) {
    return Future.failedFuture(new Refused(outcome));
  }
}
