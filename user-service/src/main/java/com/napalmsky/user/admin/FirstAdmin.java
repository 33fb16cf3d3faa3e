package com.napalmsky.user.admin;

import com.napalmsky.shared.contract.user.AuditAction;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.admin.AdminCredentials.Stored;
import com.napalmsky.user.admin.AdminRules.First;
import com.napalmsky.user.audit.AuditLog;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.session.Sessions;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes the admin that the settings name, or gives him the password that they name now. */
public final class FirstAdmin {

  // Several instances start at the same time, and only one may make the admin.
  private static final String ONE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtext('napalmsky.first-admin'))";
  private static final String ADD_USER =
      "INSERT INTO users (user_id, name, gender, role, created_at, updated_at)"
          + " VALUES ($1, $2, 'unspecified', 'admin', $3, $3)";
  private static final String PROMOTE =
      "UPDATE users SET role = 'admin', updated_at = $2 WHERE user_id = $1 AND role <> 'admin'";

  private final Database database;
  private final Timers timers;
  private final Sessions sessions;
  private final Passwords passwords;
  private final AuditLog audit;

  public FirstAdmin(
      Database database, Timers timers, Sessions sessions, Passwords passwords, AuditLog audit) {
    this.database = database;
    this.timers = timers;
    this.sessions = sessions;
    this.passwords = passwords;
    this.audit = audit;
  }

  /** Does nothing when all is as named. */
  public Future<Void> ensure(First first) {
    return database
        .read(connection -> AdminCredentials.find(connection, first.username()))
        .compose(
            found ->
                passwords
                    .matches(first.password(), found.map(Stored::hash).orElse(null))
                    .compose(
                        same ->
                            same
                                ? promote(found.orElseThrow().userId())
                                : passwords
                                    .hash(first.password())
                                    .compose(hash -> store(first, hash))));
  }

  private Future<Void> promote(UUID userId) {
    return database.transaction(tx -> promote(tx, userId));
  }

  private Future<Void> promote(SqlConnection tx, UUID userId) {
    return tx.preparedQuery(PROMOTE)
        .execute(Tuple.of(userId, SqlTime.of(timers.now())))
        .compose(
            promoted ->
                promoted.rowCount() == 0
                    ? Future.succeededFuture()
                    : audit.write(
                        tx,
                        null,
                        AuditAction.USER_ROLE_SET,
                        userId.toString(),
                        Map.of("role", "admin")));
  }

  /** Sessions that ended with the old password. */
  private record Replaced(UUID userId, List<UUID> ended) {}

  private Future<Void> store(First first, String hash) {
    return database
        .transaction(
            tx ->
                tx.query(ONE_AT_A_TIME)
                    .execute()
                    .compose(alone -> AdminCredentials.find(tx, first.username()))
                    .compose(found -> store(tx, first, hash, found)))
        .map(
            replaced -> {
              sessions.announce(replaced.userId(), replaced.ended(), SessionEnd.LOGGED_OUT);
              return null;
            });
  }

  private Future<Replaced> store(
      SqlConnection tx, First first, String hash, Optional<Stored> found) {
    Instant now = timers.now();
    if (found.isEmpty()) {
      UUID userId = UUID.randomUUID();
      return tx.preparedQuery(ADD_USER)
          .execute(Tuple.of(userId, first.username(), SqlTime.of(now)))
          .compose(added -> AdminCredentials.add(tx, userId, first.username(), hash, now))
          .compose(added -> note(tx, AuditAction.ADMIN_MADE, userId))
          .map(noted -> new Replaced(userId, List.of()));
    }
    UUID userId = found.get().userId();
    return AdminCredentials.replace(tx, userId, hash, now)
        .compose(replaced -> promote(tx, userId))
        .compose(promoted -> note(tx, AuditAction.ADMIN_PASSWORD_REPLACED, userId))
        .compose(noted -> sessions.endAdminSessions(tx, userId))
        .map(ended -> new Replaced(userId, ended));
  }

  private Future<Void> note(SqlConnection tx, AuditAction action, UUID userId) {
    return audit.write(tx, null, action, userId.toString(), Map.of());
  }
}
