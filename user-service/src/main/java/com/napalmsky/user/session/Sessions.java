package com.napalmsky.user.session;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.Authenticate;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.LogOut;
import com.napalmsky.shared.contract.user.UserContract.LoggedOut;
import com.napalmsky.shared.contract.user.UserContract.Origin;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Login sessions. Safe from any context.
 *
 * <pre>
 *            use (slides the end)
 *             ┌──┐
 *   open ──► ACTIVE ──► EXPIRED      time passes; answers as unknown
 *               ├─────► DISPLACED    login, link or new password elsewhere; told apart until it would have expired
 *               └─────► LOGGED_OUT   by its owner, or a reset password; answers as unknown
 * </pre>
 *
 * <p>Whoever changes sessions together with their user locks the user's row first, so that a login
 * and a link at the same time wait for each other instead of blocking each other.
 */
public final class Sessions {

  private static final String INSERT =
      "INSERT INTO sessions (token_hash, session_id, user_id, ip_address, device_info, created_at,"
          + " expires_at, last_active_at, kind) VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $8)";
  private static final String FIND =
      "SELECT s.session_id, s.state, s.kind, s.created_at AS opened_at, s.expires_at, s.last_active_at, "
          + PersonRow.COLUMNS
          + ", u.account_type, u.paid_status, u.role, "
          + PersonRow.BAN
          + " FROM sessions s JOIN users u USING (user_id) WHERE s.token_hash = $1";
  // The age is asked for again, so that of many uses at the same time one writes.
  private static final String TOUCH =
      "UPDATE sessions SET last_active_at = $2, expires_at = GREATEST(expires_at, $3)"
          + " WHERE token_hash = $1 AND state = 'active' AND last_active_at <= $4";
  private static final String LOG_OUT =
      "UPDATE sessions SET state = 'logged_out', ended_at = coalesce(ended_at, $2)"
          + " WHERE token_hash = $1 AND state IN ('active', 'logged_out')"
          + " RETURNING session_id, user_id";
  private static final String DISPLACE =
      "UPDATE sessions SET state = 'displaced', ended_at = $3"
          + " WHERE user_id = $1 AND session_id <> $2 AND state = 'active' AND expires_at > $3"
          + " AND kind = 'user' RETURNING session_id";
  private static final String LOG_OUT_ALL =
      "UPDATE sessions SET state = 'logged_out', ended_at = $3"
          + " WHERE user_id = $1 AND session_id IS DISTINCT FROM $2 AND state = 'active'"
          + " AND expires_at > $3 RETURNING session_id";
  private static final String END_ADMIN =
      "UPDATE sessions SET state = 'logged_out', ended_at = $2"
          + " WHERE user_id = $1 AND state = 'active' AND kind = 'admin' RETURNING session_id";
  private static final String EXTEND =
      "UPDATE sessions SET expires_at = $2, last_active_at = $3"
          + " WHERE session_id = $1 AND state = 'active' AND kind = 'user' AND expires_at > $3";

  private static final Future<Authenticated> UNKNOWN =
      Future.succeededFuture(new Authenticated(Verdict.UNKNOWN, null));

  /** A session that was just opened. The token exists here and at the client only. */
  public record Opened(String token, UUID sessionId, Instant expiresAt) {
    @Override
    public String toString() {
      return "Opened[sessionId=" + sessionId + "]";
    }
  }

  private final Database database;
  private final Bus bus;
  private final Timers timers;
  private final SessionRules rules;
  private final Tokens tokens = new Tokens();

  public Sessions(Database database, Bus bus, Timers timers, SessionRules rules) {
    this.database = database;
    this.bus = bus;
    this.timers = timers;
    this.rules = rules;
  }

  /** Says what a token is worth, and moves the end of its session. */
  public Future<Authenticated> authenticate(Authenticate request) {
    if (!Tokens.isHash(request.tokenHash())) {
      return UNKNOWN;
    }
    return database.read(
        connection ->
            find(connection, request.tokenHash())
                .compose(
                    found ->
                        found
                            .map(row -> judge(connection, request.tokenHash(), row))
                            .orElse(UNKNOWN)));
  }

  private Future<Authenticated> judge(SqlConnection connection, String tokenHash, Row row) {
    Instant now = timers.now();
    Verdict verdict = verdict(row, now);
    Instant expiresAt = SqlTime.instant(row, "expires_at");
    Instant before = now.minus(rules.touch());
    if (verdict != Verdict.ACTIVE
        || "admin".equals(row.getString("kind"))
        || SqlTime.instant(row, "last_active_at").isAfter(before)) {
      boolean stands = verdict == Verdict.ACTIVE || verdict == Verdict.BANNED;
      return Future.succeededFuture(
          new Authenticated(verdict, stands ? session(row, expiresAt) : null));
    }
    Instant slid = rules.expiry(PersonRow.permanent(row), SqlTime.instant(row, "opened_at"), now);
    Instant end = slid.isAfter(expiresAt) ? slid : expiresAt;
    return connection
        .preparedQuery(TOUCH)
        .execute(Tuple.of(tokenHash, SqlTime.of(now), SqlTime.of(end), SqlTime.of(before)))
        .map(touched -> new Authenticated(verdict, session(row, end)));
  }

  private static Verdict verdict(Row row, Instant now) {
    if (!SqlTime.instant(row, "expires_at").isAfter(now)) {
      return Verdict.UNKNOWN;
    }
    return switch (row.getString("state")) {
      case "active" -> PersonRow.banStatus(row, now).banned() ? Verdict.BANNED : Verdict.ACTIVE;
      case "displaced" -> Verdict.DISPLACED;
      default -> Verdict.UNKNOWN;
    };
  }

  private Session session(Row row, Instant expiresAt) {
    return new Session(
        row.getUUID("session_id"),
        PersonRow.person(row),
        PersonRow.permanent(row),
        PersonRow.paidStatus(row),
        PersonRow.banStatus(row, timers.now()),
        "admin".equals(row.getString("role")),
        expiresAt);
  }

  /** Who is behind a token, if its session stands and its user is not banned. */
  public Future<Optional<Session>> active(SqlConnection connection, String tokenHash) {
    if (!Tokens.isHash(tokenHash)) {
      return Future.succeededFuture(Optional.empty());
    }
    return find(connection, tokenHash)
        .map(
            found ->
                found
                    .filter(row -> verdict(row, timers.now()) == Verdict.ACTIVE)
                    .map(row -> session(row, SqlTime.instant(row, "expires_at"))));
  }

  private static Future<Optional<Row>> find(SqlConnection connection, String tokenHash) {
    return connection.preparedQuery(FIND).execute(Tuple.of(tokenHash)).map(Rows::first);
  }

  /**
   * Ends a session; told to all even when it had ended so before, as the first telling may fail.
   */
  public Future<LoggedOut> logOut(LogOut request) {
    if (!Tokens.isHash(request.tokenHash())) {
      return Future.succeededFuture(new LoggedOut());
    }
    return database
        .read(connection -> logOut(connection, request.tokenHash()))
        .map(
            ended -> {
              ended.ifPresent(this::announce);
              return new LoggedOut();
            });
  }

  /** A session that was logged out, now or before. */
  public record LoggedOutSession(UUID userId, UUID sessionId) {}

  /**
   * The same inside the caller's transaction, who tells all after it.
   *
   * @return empty when there is no such session, or it ended otherwise
   */
  public Future<Optional<LoggedOutSession>> logOut(SqlConnection connection, String tokenHash) {
    return connection
        .preparedQuery(LOG_OUT)
        .execute(Tuple.of(tokenHash, SqlTime.of(timers.now())))
        .map(Rows::first)
        .map(
            found ->
                found.map(
                    row ->
                        new LoggedOutSession(row.getUUID("user_id"), row.getUUID("session_id"))));
  }

  /** Tells all that a session was logged out. */
  public void announce(LoggedOutSession ended) {
    announce(ended.userId(), List.of(ended.sessionId()), SessionEnd.LOGGED_OUT);
  }

  /** Opens a session inside the caller's transaction. */
  public Future<Opened> open(SqlConnection tx, UUID userId, boolean permanent, Origin origin) {
    Instant now = timers.now();
    return open(tx, userId, "user", rules.expiry(permanent, now, now), origin);
  }

  /** Opens a session at the admin's door, which ends then, whether or not it is used. */
  public Future<Opened> openForAdmin(
      SqlConnection tx, UUID userId, Instant expiresAt, Origin origin) {
    return open(tx, userId, "admin", expiresAt, origin);
  }

  private Future<Opened> open(
      SqlConnection tx, UUID userId, String kind, Instant expiresAt, Origin origin) {
    Instant now = timers.now();
    Opened opened = new Opened(tokens.next(), UUID.randomUUID(), expiresAt);
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                TokenHash.of(opened.token()),
                opened.sessionId(),
                userId,
                printable(origin.ip()),
                printable(origin.device()),
                SqlTime.of(now),
                SqlTime.of(opened.expiresAt()),
                kind))
        .map(inserted -> opened);
  }

  /**
   * Ends the sessions an admin opened at his door, inside the caller's transaction.
   *
   * @return those that were ended
   */
  public Future<List<UUID>> endAdminSessions(SqlConnection tx, UUID userId) {
    return tx.preparedQuery(END_ADMIN)
        .execute(Tuple.of(userId, SqlTime.of(timers.now())))
        .map(rows -> Rows.all(rows, row -> row.getUUID("session_id")));
  }

  /**
   * Ends all sessions of a user but one and those of an admin's door, inside the caller's
   * transaction, which holds his row.
   *
   * @return those that were ended
   */
  public Future<List<UUID>> displaceOthers(SqlConnection tx, UUID userId, UUID kept) {
    return tx.preparedQuery(DISPLACE)
        .execute(Tuple.of(userId, kept, SqlTime.of(timers.now())))
        .map(rows -> Rows.all(rows, row -> row.getUUID("session_id")));
  }

  /**
   * Logs all sessions of a user out but one, if there is one to keep, inside the caller's
   * transaction, which holds his row.
   *
   * @return those that were ended
   */
  public Future<List<UUID>> logOutAll(SqlConnection tx, UUID userId, Optional<UUID> kept) {
    return tx.preparedQuery(LOG_OUT_ALL)
        .execute(Tuple.of(userId, kept.orElse(null), SqlTime.of(timers.now())))
        .map(rows -> Rows.all(rows, row -> row.getUUID("session_id")));
  }

  /**
   * Gives a session the life of a permanent account, inside the caller's transaction.
   *
   * @return whether it still stood
   */
  public Future<Boolean> makePermanent(SqlConnection tx, UUID sessionId) {
    Instant now = timers.now();
    return tx.preparedQuery(EXTEND)
        .execute(Tuple.of(sessionId, SqlTime.of(now.plus(rules.permanent())), SqlTime.of(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Tells all that sessions are over; to be called after the commit. */
  public void announce(UUID userId, List<UUID> ended, SessionEnd end) {
    if (!ended.isEmpty()) {
      bus.publish(UserContract.SESSIONS_ENDED, new SessionsEnded(userId, ended, end));
    }
  }

  // PostgreSQL refuses a text with U+0000, and no header is worth a failed login.
  private static String printable(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "");
    return clean.length() <= 200 ? clean : clean.substring(0, 200);
  }
}
