package com.napalmsky.user.admin;

import com.napalmsky.shared.contract.user.AdminContract.InspectUser;
import com.napalmsky.shared.contract.user.AdminContract.InspectedCall;
import com.napalmsky.shared.contract.user.AdminContract.InspectedSession;
import com.napalmsky.shared.contract.user.AdminContract.Inspection;
import com.napalmsky.shared.contract.user.AdminContract.UserInspected;
import com.napalmsky.shared.contract.user.AuditAction;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.audit.AuditLog;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Shows admins what is stored of a person. Each look is in the audit log: addresses and calls are
 * nobody's to browse. Safe from any context.
 */
public final class Inspections {

  private static final String USER =
      "SELECT " + UserSearch.COLUMNS + " FROM users u WHERE u.user_id = $1";
  private static final String SESSIONS =
      "SELECT session_id, kind, state, ip_address, device_info, created_at, last_active_at,"
          + " expires_at FROM sessions WHERE user_id = $1 ORDER BY created_at DESC LIMIT 50";
  // Each half is read from its own index.
  private static final String CALLS =
      "SELECT c.*, u.name FROM ("
          + " (SELECT room_id, second_id AS partner_id, started_at, ended_at, duration_seconds,"
          + " reason FROM finished_calls WHERE first_id = $1 ORDER BY ended_at DESC LIMIT 50)"
          + " UNION ALL"
          + " (SELECT room_id, first_id AS partner_id, started_at, ended_at, duration_seconds,"
          + " reason FROM finished_calls WHERE second_id = $1 ORDER BY ended_at DESC LIMIT 50)"
          + ") c LEFT JOIN users u ON u.user_id = c.partner_id ORDER BY c.ended_at DESC LIMIT 50";

  private final Database database;
  private final Timers timers;
  private final AuditLog audit;

  public Inspections(Database database, Timers timers, AuditLog audit) {
    this.timers = timers;
    this.database = database;
    this.audit = audit;
  }

  /** What is stored of one person; nothing is written down when there is nobody. */
  public Future<UserInspected> inspect(InspectUser request) {
    return database.transaction(
        tx ->
            tx.preparedQuery(USER)
                .execute(Tuple.of(request.userId()))
                .compose(
                    rows ->
                        Rows.first(rows)
                            .map(user -> inspect(tx, request, user))
                            .orElseGet(() -> Future.succeededFuture(new UserInspected(null)))));
  }

  private Future<UserInspected> inspect(SqlConnection tx, InspectUser request, Row user) {
    UUID userId = request.userId();
    return audit
        .write(tx, request.actor(), AuditAction.USER_INSPECTED, userId.toString(), Map.of())
        .compose(written -> tx.preparedQuery(SESSIONS).execute(Tuple.of(userId)))
        .map(rows -> Rows.all(rows, Inspections::session))
        .compose(sessions -> calls(tx, userId).map(calls -> inspected(user, sessions, calls)));
  }

  private static Future<List<InspectedCall>> calls(SqlConnection tx, UUID userId) {
    return tx.preparedQuery(CALLS)
        .execute(Tuple.of(userId))
        .map(rows -> Rows.all(rows, Inspections::call));
  }

  private UserInspected inspected(
      Row user, List<InspectedSession> sessions, List<InspectedCall> calls) {
    return new UserInspected(
        new Inspection(UserSearch.summary(user, timers.now()), sessions, calls));
  }

  private static InspectedSession session(Row row) {
    return new InspectedSession(
        row.getUUID("session_id"),
        row.getString("kind"),
        row.getString("state"),
        row.getString("ip_address"),
        row.getString("device_info"),
        SqlTime.instant(row, "created_at"),
        SqlTime.instant(row, "last_active_at"),
        SqlTime.instant(row, "expires_at"));
  }

  private static InspectedCall call(Row row) {
    return new InspectedCall(
        row.getUUID("room_id"),
        row.getUUID("partner_id"),
        row.getString("name"),
        SqlTime.instant(row, "started_at"),
        SqlTime.instant(row, "ended_at"),
        row.getInteger("duration_seconds"),
        row.getString("reason"));
  }
}
