package com.napalmsky.user.admin;

import com.napalmsky.shared.contract.user.AdminContract.NoteRefusal;
import com.napalmsky.shared.contract.user.AdminContract.RefusalNoted;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes down who was refused on an admin's route. The gateway knows of a session that is over only
 * that it does not hold; whose it was is looked up here. Safe from any context.
 */
public final class Refusals {

  private static final String WHOSE =
      "SELECT s.user_id, CASE WHEN s.state <> 'active' THEN s.state"
          + " WHEN s.expires_at <= $2 THEN 'expired'"
          + " WHEN u.ban_status IN ('temporary', 'permanent')"
          + " AND (u.banned_until IS NULL OR u.banned_until > $2) THEN 'banned'"
          + " ELSE 'not_admin' END AS because"
          + " FROM sessions s JOIN users u USING (user_id) WHERE s.token_hash = $1";

  /** Of a token that is no session of anybody. */
  private static final String FORGED = "unknown";

  private final Database database;
  private final Timers timers;
  private final AuditLog audit;

  public Refusals(Database database, Timers timers, AuditLog audit) {
    this.database = database;
    this.timers = timers;
    this.audit = audit;
  }

  /** Writes one down. */
  public Future<RefusalNoted> note(NoteRefusal refusal) {
    return database
        .transaction(
            tx ->
                tx.preparedQuery(WHOSE)
                    .execute(Tuple.of(refusal.tokenHash(), SqlTime.of(timers.now())))
                    .compose(rows -> note(tx, refusal, Rows.first(rows))))
        .map(noted -> new RefusalNoted());
  }

  private Future<Void> note(SqlConnection tx, NoteRefusal refusal, Optional<Row> session) {
    UUID userId = session.map(row -> row.getUUID("user_id")).orElse(null);
    String because = session.map(row -> row.getString("because")).orElse(FORGED);
    return audit.writeOfStranger(
        tx,
        userId,
        refusal.ip(),
        AuditAction.ADMIN_REFUSED,
        refusal.route(),
        Map.of("because", because));
  }
}
