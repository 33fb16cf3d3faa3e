package com.napalmsky.user.session;

import com.napalmsky.shared.contract.user.SessionContract.EndSession;
import com.napalmsky.shared.contract.user.SessionContract.ListSessions;
import com.napalmsky.shared.contract.user.SessionContract.LogOutEverywhere;
import com.napalmsky.shared.contract.user.SessionContract.LoggedOutEverywhere;
import com.napalmsky.shared.contract.user.SessionContract.OwnSession;
import com.napalmsky.shared.contract.user.SessionContract.SessionEnded;
import com.napalmsky.shared.contract.user.SessionContract.SessionsListed;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.session.Owners.Owner;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a user sees of his sessions, and how he ends them. Safe from any context. */
public final class OwnSessions {

  private static final int MOST = 100;

  private static final String LIST =
      "SELECT session_id, device_info, ip_address, created_at, last_active_at FROM sessions"
          + " WHERE user_id = $1 AND state = 'active' AND expires_at > $2"
          + " ORDER BY last_active_at DESC, created_at DESC, session_id LIMIT $3";
  // One that is over stays as it is: told apart from the outside, it says why.
  private static final String END =
      "UPDATE sessions SET ended_at = coalesce(ended_at, $3),"
          + " state = CASE state WHEN 'active' THEN 'logged_out' ELSE state END"
          + " WHERE user_id = $1 AND session_id = $2 RETURNING state";

  /** Sessions that were ended, and whose they were. */
  private record Ended(UUID userId, List<UUID> sessions) {}

  private final Database database;
  private final Timers timers;
  private final Sessions sessions;
  private final Owners owners;

  public OwnSessions(Database database, Timers timers, Sessions sessions) {
    this.database = database;
    this.timers = timers;
    this.sessions = sessions;
    this.owners = new Owners(sessions);
  }

  /** The active ones. */
  public Future<SessionsListed> list(ListSessions request) {
    Tuple which = Tuple.of(request.userId(), SqlTime.of(timers.now()), MOST);
    return database
        .read(connection -> connection.preparedQuery(LIST).execute(which))
        .map(rows -> new SessionsListed(Rows.all(rows, OwnSessions::session)));
  }

  private static OwnSession session(Row row) {
    String device = row.getString("device_info");
    return new OwnSession(
        row.getUUID("session_id"),
        device == null ? "" : device,
        Network.of(row.getString("ip_address")),
        SqlTime.instant(row, "created_at"),
        SqlTime.instant(row, "last_active_at"));
  }

  /** Ends one of the user's own; told to all even when it was logged out before. */
  public Future<SessionEnded> end(EndSession request) {
    Tuple which = Tuple.of(request.userId(), request.sessionId(), SqlTime.of(timers.now()));
    return database
        .read(connection -> connection.preparedQuery(END).execute(which))
        .map(
            rows -> {
              Optional<Row> found = Rows.first(rows);
              if (found.filter(row -> "logged_out".equals(row.getString("state"))).isPresent()) {
                sessions.announce(
                    request.userId(), List.of(request.sessionId()), SessionEnd.LOGGED_OUT);
              }
              return new SessionEnded(found.isPresent());
            });
  }

  /** Ends all of the user's, or all but the one that asks. */
  public Future<LoggedOutEverywhere> logOutEverywhere(LogOutEverywhere request) {
    return database
        .transaction(tx -> logOut(tx, request))
        .map(
            outcome -> {
              outcome.ifPresent(
                  ended ->
                      sessions.announce(ended.userId(), ended.sessions(), SessionEnd.LOGGED_OUT));
              return new LoggedOutEverywhere(
                  outcome.isPresent(), outcome.map(ended -> ended.sessions().size()).orElse(0));
            });
  }

  private Future<Optional<Ended>> logOut(SqlConnection tx, LogOutEverywhere request) {
    return owners
        .hold(tx, request.tokenHash())
        .compose(
            found ->
                found
                    .map(owner -> logOut(tx, owner, request.keepCurrent()))
                    .orElseGet(() -> Future.succeededFuture(Optional.empty())));
  }

  private Future<Optional<Ended>> logOut(SqlConnection tx, Owner asking, boolean keepIt) {
    Optional<UUID> kept = keepIt ? Optional.of(asking.sessionId()) : Optional.empty();
    return sessions
        .logOutAll(tx, asking.userId(), kept)
        .map(ended -> Optional.of(new Ended(asking.userId(), ended)));
  }
}
