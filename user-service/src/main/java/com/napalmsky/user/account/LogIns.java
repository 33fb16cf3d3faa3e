package com.napalmsky.user.account;

import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.UserContract.LogIn;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.credential.EmailAddress;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.profile.PersonRow;
import com.napalmsky.user.session.Sessions;
import com.napalmsky.user.session.Sessions.Opened;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lets people with e-mail and password in. Safe from any context. */
public final class LogIns {

  private static final String COLUMNS =
      PersonRow.COLUMNS
          + ", u.email, u.password_hash, u.account_type, u.paid_status, u.role, "
          + PersonRow.BAN
          + ", u.review_status";
  private static final String FIND =
      "SELECT " + COLUMNS + " FROM users u WHERE lower(u.email) = lower($1)";
  // Held until the commit: of two logins at the same time the later one ends the earlier one's
  // session, and never do both stand.
  private static final String HOLD =
      "SELECT " + COLUMNS + " FROM users u WHERE u.user_id = $1 FOR NO KEY UPDATE OF u";

  private static final LoggedIn REFUSED = LoggedIn.refused();

  private record Entered(LoggedIn reply, List<UUID> displaced) {}

  private static final Future<Entered> NOBODY_ENTERED =
      Future.succeededFuture(new Entered(REFUSED, List.of()));

  private final Database database;
  private final Timers timers;
  private final Sessions sessions;
  private final Passwords passwords;

  public LogIns(Database database, Timers timers, Sessions sessions, Passwords passwords) {
    this.database = database;
    this.timers = timers;
    this.sessions = sessions;
    this.passwords = passwords;
  }

  /**
   * Opens a session and ends all others of the user. An unknown address, an account without a
   * password and a wrong password give one answer after one length of time.
   */
  public Future<LoggedIn> logIn(LogIn request) {
    return find(request.email())
        .compose(
            found ->
                passwords
                    .matches(request.password(), found.map(LogIns::hash).orElse(null))
                    .compose(
                        right ->
                            found
                                .filter(row -> right)
                                .map(row -> enter(row, request))
                                .orElseGet(() -> Future.succeededFuture(REFUSED))));
  }

  private Future<Optional<Row>> find(String typed) {
    return EmailAddress.of(typed)
        .map(
            address ->
                database.read(
                    connection ->
                        connection
                            .preparedQuery(FIND)
                            .execute(Tuple.of(address.text()))
                            .map(Rows::first)))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Future<LoggedIn> enter(Row checked, LogIn request) {
    UUID userId = checked.getUUID("user_id");
    return database
        .transaction(
            tx ->
                tx.preparedQuery(HOLD)
                    .execute(Tuple.of(userId))
                    .compose(
                        rows ->
                            Rows.first(rows)
                                // Else deleted, or given another password meanwhile.
                                .filter(held -> hash(held).equals(hash(checked)))
                                .map(held -> enter(tx, held, request))
                                .orElse(NOBODY_ENTERED)))
        .map(
            entered -> {
              sessions.announce(userId, entered.displaced(), SessionEnd.NEW_LOGIN);
              return entered.reply();
            });
  }

  private Future<Entered> enter(SqlConnection tx, Row held, LogIn request) {
    BanStatus ban = PersonRow.banStatus(held, timers.now());
    if (ban.banned()) {
      return Future.succeededFuture(
          new Entered(LoggedIn.banned(ban, reviewStatus(held)), List.of()));
    }
    UUID userId = held.getUUID("user_id");
    return sessions
        .open(tx, userId, true, request.origin())
        .compose(
            opened ->
                sessions
                    .displaceOthers(tx, userId, opened.sessionId())
                    .map(displaced -> new Entered(loggedIn(held, opened, displaced), displaced)));
  }

  private LoggedIn loggedIn(Row held, Opened opened, List<UUID> displaced) {
    Session session =
        new Session(
            opened.sessionId(),
            PersonRow.person(held),
            true,
            PersonRow.paidStatus(held),
            PersonRow.banStatus(held, timers.now()),
            "admin".equals(held.getString("role")),
            opened.expiresAt());
    return new LoggedIn(
        LogInOutcome.LOGGED_IN,
        opened.token(),
        session,
        held.getString("email"),
        displaced.size(),
        PersonRow.banStatus(held, timers.now()),
        null);
  }

  // Null for a ban that was imported without.
  private static @Nullable ReviewStatus reviewStatus(Row row) {
    String word = row.getString("review_status");
    return word == null ? null : ReviewStatus.valueOf(word.toUpperCase(Locale.ROOT));
  }

  // Whoever has an address has a password; the schema says so.
  private static String hash(Row row) {
    return row.getString("password_hash");
  }
}
