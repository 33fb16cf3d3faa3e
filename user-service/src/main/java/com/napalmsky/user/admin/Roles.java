package com.napalmsky.user.admin;

import com.napalmsky.shared.contract.user.AdminContract.RoleOutcome;
import com.napalmsky.shared.contract.user.AdminContract.RoleSet;
import com.napalmsky.shared.contract.user.AdminContract.SetRole;
import com.napalmsky.shared.contract.user.AuditAction;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.audit.AuditLog;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.session.Sessions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes people admins, and admins people again. Safe from any context.
 *
 * <p>Every session of who is no admin any more ends: gateways believe for a while what a session
 * said when they last asked.
 */
public final class Roles {

  private static final String HOLD =
      "SELECT u.role, u.account_type, EXISTS (SELECT 1 FROM admin_credentials c"
          + " WHERE c.user_id = u.user_id) AS has_credentials"
          + " FROM users u WHERE u.user_id = $1 FOR NO KEY UPDATE OF u";
  private static final String SET =
      "UPDATE users SET role = $2, updated_at = $3 WHERE user_id = $1";

  /** What is to be told after the commit. */
  private record Done(RoleOutcome outcome, List<UUID> ended) {}

  private final Database database;
  private final Timers timers;
  private final Sessions sessions;
  private final AuditLog audit;

  public Roles(Database database, Timers timers, Sessions sessions, AuditLog audit) {
    this.database = database;
    this.timers = timers;
    this.sessions = sessions;
    this.audit = audit;
  }

  /** Sets a role. */
  public Future<RoleSet> set(SetRole request) {
    return database
        .transaction(
            tx ->
                request.userId().equals(request.actor().userId())
                    ? refuse(tx, request, RoleOutcome.SELF)
                    : tx.preparedQuery(HOLD)
                        .execute(Tuple.of(request.userId()))
                        .compose(
                            rows ->
                                Rows.first(rows)
                                    .map(row -> set(tx, request, row))
                                    .orElseGet(
                                        () -> refuse(tx, request, RoleOutcome.UNKNOWN_USER))))
        .map(
            done -> {
              sessions.announce(request.userId(), done.ended(), SessionEnd.LOGGED_OUT);
              return new RoleSet(done.outcome());
            });
  }

  private Future<Done> set(SqlConnection tx, SetRole request, Row row) {
    boolean admin = "admin".equals(row.getString("role"));
    if (admin == request.admin()) {
      return Future.succeededFuture(new Done(RoleOutcome.AS_BEFORE, List.of()));
    }
    if (request.admin()
        && "guest".equals(row.getString("account_type"))
        && !row.getBoolean("has_credentials")) {
      return refuse(tx, request, RoleOutcome.GUEST);
    }
    UUID userId = request.userId();
    String role = role(request);
    return tx.preparedQuery(SET)
        .execute(Tuple.of(userId, role, SqlTime.of(timers.now())))
        .compose(
            set ->
                audit.write(
                    tx,
                    request.actor(),
                    AuditAction.USER_ROLE_SET,
                    userId.toString(),
                    Map.of("role", role)))
        .compose(written -> sessions.logOutAll(tx, userId, Optional.empty()))
        .map(ended -> new Done(RoleOutcome.SET, ended));
  }

  private Future<Done> refuse(SqlConnection tx, SetRole request, RoleOutcome outcome) {
    Map<String, String> details =
        Map.of("role", role(request), "because", outcome.name().toLowerCase(Locale.ROOT));
    return audit
        .write(
            tx,
            request.actor(),
            AuditAction.USER_ROLE_REFUSED,
            request.userId().toString(),
            details)
        .map(written -> new Done(outcome, List.of()));
  }

  private static String role(SetRole request) {
    return request.admin() ? "admin" : "user";
  }
}
