package com.napalmsky.user.admin;

import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.AdminContract.AdminLoggedOut;
import com.napalmsky.shared.contract.user.AdminContract.LogOutAdmin;
import com.napalmsky.shared.contract.user.AuditAction;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.audit.AuditLog;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.session.Sessions;
import com.napalmsky.user.session.Sessions.LoggedOutSession;
import com.napalmsky.user.session.Tokens;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Optional;

/** Lets admins out. Safe from any context. */
public final class AdminLogOuts {

  // Held until the commit: of several log-outs at once one is written down.
  private static final String RUNNING =
      "SELECT s.user_id FROM sessions s JOIN users u USING (user_id)"
          + " WHERE s.token_hash = $1 AND s.state = 'active' AND s.expires_at > $2"
          + " AND u.role = 'admin' FOR UPDATE OF s";

  private final Database database;
  private final Timers timers;
  private final Sessions sessions;
  private final AuditLog audit;

  public AdminLogOuts(Database database, Timers timers, Sessions sessions, AuditLog audit) {
    this.database = database;
    this.timers = timers;
    this.sessions = sessions;
    this.audit = audit;
  }

  /** Ends a session. Whose it is matters only to the log: it ends in any case. */
  public Future<AdminLoggedOut> logOut(LogOutAdmin request) {
    if (!Tokens.isHash(request.tokenHash())) {
      return Future.succeededFuture(new AdminLoggedOut());
    }
    return database
        .transaction(tx -> logOut(tx, request))
        .map(
            ended -> {
              ended.ifPresent(sessions::announce);
              return new AdminLoggedOut();
            });
  }

  private Future<Optional<LoggedOutSession>> logOut(SqlConnection tx, LogOutAdmin request) {
    return tx.preparedQuery(RUNNING)
        .execute(Tuple.of(request.tokenHash(), SqlTime.of(timers.now())))
        .map(Rows::first)
        .compose(
            found -> found.map(row -> note(tx, row, request)).orElseGet(Future::succeededFuture))
        .compose(noted -> sessions.logOut(tx, request.tokenHash()));
  }

  private Future<Void> note(SqlConnection tx, Row row, LogOutAdmin request) {
    Actor admin = new Actor(row.getUUID("user_id"), request.ip());
    return audit.write(tx, admin, AuditAction.ADMIN_LOG_OUT, admin.userId().toString(), Map.of());
  }
}
