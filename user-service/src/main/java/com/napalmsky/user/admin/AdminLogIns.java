package com.napalmsky.user.admin;

import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.AdminContract.AdminLogInOutcome;
import com.napalmsky.shared.contract.user.AdminContract.AdminLoggedIn;
import com.napalmsky.shared.contract.user.AdminContract.LogInAdmin;
import com.napalmsky.shared.contract.user.AuditAction;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.admin.AdminCredentials.Stored;
import com.napalmsky.user.audit.AuditLog;
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
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Lets admins in. Safe from any context.
 *
 * <pre>
 *   OPEN ──wrong password, n times──► LOCKED ──time──► OPEN
 * </pre>
 */
public final class AdminLogIns {

  private static final String HOLD =
      "SELECT "
          + PersonRow.COLUMNS
          + ", u.account_type, u.paid_status, "
          + PersonRow.BAN
          + ", c.password_hash, c.username"
          + " FROM users u JOIN admin_credentials c USING (user_id)"
          + " WHERE u.user_id = $1 AND u.role = 'admin' FOR UPDATE OF c";

  private static final AdminLoggedIn REFUSED =
      new AdminLoggedIn(AdminLogInOutcome.REFUSED, null, null, null, null);

  private final Database database;
  private final Timers timers;
  private final Sessions sessions;
  private final Passwords passwords;
  private final AuditLog audit;
  private final AdminRules rules;

  public AdminLogIns(
      Database database,
      Timers timers,
      Sessions sessions,
      Passwords passwords,
      AuditLog audit,
      AdminRules rules) {
    this.database = database;
    this.timers = timers;
    this.sessions = sessions;
    this.passwords = passwords;
    this.audit = audit;
    this.rules = rules;
  }

  /** Opens an admin's session. An unknown name takes as long as a wrong password. */
  public Future<AdminLoggedIn> logIn(LogInAdmin request) {
    return database
        .read(connection -> AdminCredentials.find(connection, request.username()))
        .compose(
            found ->
                found
                    .filter(stored -> stored.locked(timers.now()))
                    .map(stored -> locked(request, stored))
                    .orElseGet(() -> compare(request, found)));
  }

  private Future<AdminLoggedIn> compare(LogInAdmin request, Optional<Stored> found) {
    return passwords
        .matches(request.password(), found.map(Stored::hash).orElse(null))
        .compose(
            right ->
                found
                    .filter(stored -> right)
                    .map(stored -> enter(request, stored))
                    .orElseGet(() -> refuse(request, found)));
  }

  private Future<AdminLoggedIn> enter(LogInAdmin request, Stored stored) {
    return database.transaction(
        tx ->
            tx.preparedQuery(HOLD)
                .execute(Tuple.of(stored.userId()))
                .compose(
                    rows ->
                        Rows.first(rows)
                            // Else given another password meanwhile, or no admin any more.
                            .filter(row -> stored.hash().equals(row.getString("password_hash")))
                            .filter(row -> !PersonRow.banStatus(row, timers.now()).banned())
                            .map(row -> enter(tx, request, row))
                            .orElseGet(
                                () ->
                                    note(
                                            tx,
                                            request,
                                            Optional.of(stored),
                                            AuditAction.ADMIN_LOG_IN_REFUSED)
                                        .map(noted -> REFUSED))));
  }

  private Future<AdminLoggedIn> enter(SqlConnection tx, LogInAdmin request, Row row) {
    UUID userId = row.getUUID("user_id");
    return AdminCredentials.forgetFailures(tx, userId)
        .compose(
            forgotten ->
                sessions.openForAdmin(
                    tx, userId, timers.now().plus(rules.session()), request.origin()))
        .compose(
            opened ->
                audit
                    .write(
                        tx,
                        new Actor(userId, request.origin().ip()),
                        AuditAction.ADMIN_LOG_IN,
                        userId.toString(),
                        Map.of())
                    .map(written -> loggedIn(row, opened)));
  }

  private AdminLoggedIn loggedIn(Row row, Opened opened) {
    Session session =
        new Session(
            opened.sessionId(),
            PersonRow.person(row),
            PersonRow.permanent(row),
            PersonRow.paidStatus(row),
            PersonRow.banStatus(row, timers.now()),
            true,
            opened.expiresAt());
    return new AdminLoggedIn(
        AdminLogInOutcome.LOGGED_IN, opened.token(), session, row.getString("username"), null);
  }

  private Future<AdminLoggedIn> refuse(LogInAdmin request, Optional<Stored> found) {
    Instant lockedUntil = timers.now().plus(rules.lock());
    return database
        .transaction(
            tx ->
                found
                    .map(
                        stored ->
                            AdminCredentials.countFailure(
                                tx, stored.userId(), rules.attempts(), lockedUntil))
                    .orElseGet(Future::succeededFuture)
                    .compose(counted -> note(tx, request, found, AuditAction.ADMIN_LOG_IN_REFUSED)))
        .map(noted -> REFUSED);
  }

  private Future<AdminLoggedIn> locked(LogInAdmin request, Stored stored) {
    return database
        .transaction(tx -> note(tx, request, Optional.of(stored), AuditAction.ADMIN_LOG_IN_LOCKED))
        .map(
            noted ->
                new AdminLoggedIn(
                    AdminLogInOutcome.LOCKED, null, null, null, stored.lockedUntil()));
  }

  // The name is not written down unless it is an admin's: people type passwords into the wrong
  // field.
  private Future<Void> note(
      SqlConnection tx, LogInAdmin request, Optional<Stored> found, AuditAction action) {
    return audit.writeOfStranger(
        tx,
        null,
        request.origin().ip(),
        action,
        found.map(Stored::userId).map(UUID::toString).orElse(null),
        Map.of());
  }
}
