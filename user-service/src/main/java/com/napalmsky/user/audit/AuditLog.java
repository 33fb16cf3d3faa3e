package com.napalmsky.user.audit;

import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.AdminContract.AuditEntry;
import com.napalmsky.shared.contract.user.AdminContract.AuditListed;
import com.napalmsky.shared.contract.user.AdminContract.CallEndNoted;
import com.napalmsky.shared.contract.user.AdminContract.ListAudit;
import com.napalmsky.shared.contract.user.AdminContract.NoteCallEnd;
import com.napalmsky.shared.contract.user.AuditAction;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The append-only log of what admins did. Safe from any context. */
public final class AuditLog {

  /** A page of the log has at most so many entries. */
  public static final int LONGEST_PAGE = 200;

  private static final String WRITE =
      "INSERT INTO audit_log (at, actor_id, actor_ip, action, subject, details)"
          + " VALUES ($1, $2, $3, $4, $5, $6)";
  private static final String LIST =
      "SELECT entry_id, at, actor_id, actor_ip, action, subject, details FROM audit_log"
          + " WHERE ($1::uuid IS NULL OR actor_id = $1) AND ($2::text IS NULL OR subject = $2)"
          + " AND ($3::text IS NULL OR action = $3) AND ($4::bigint IS NULL OR entry_id < $4)"
          + " AND ($6::timestamptz IS NULL OR at < $6) ORDER BY entry_id DESC LIMIT $5";

  private final Database database;
  private final Timers timers;

  public AuditLog(Database database, Timers timers) {
    this.database = database;
    this.timers = timers;
  }

  /**
   * Writes an entry inside the transaction of what it tells of.
   *
   * @param actor who did it; null for the program itself
   * @param subject whom or what it was done to, or null
   * @param details small and without secrets
   */
  public Future<Void> write(
      SqlConnection tx,
      @Nullable Actor actor,
      AuditAction action,
      @Nullable String subject,
      Map<String, String> details) {
    return write(
        tx,
        actor == null ? null : actor.userId(),
        actor == null ? null : actor.ip(),
        action,
        subject,
        details);
  }

  /**
   * Writes an entry about somebody who was refused.
   *
   * @param userId who it was, null when that is not known
   */
  public Future<Void> writeOfStranger(
      SqlConnection tx,
      @Nullable UUID userId,
      String ip,
      AuditAction action,
      @Nullable String subject,
      Map<String, String> details) {
    return write(tx, userId, ip, action, subject, details);
  }

  private Future<Void> write(
      SqlConnection tx,
      @Nullable UUID actorId,
      @Nullable String ip,
      AuditAction action,
      @Nullable String subject,
      Map<String, String> details) {
    JsonObject json = new JsonObject();
    details.forEach(json::put);
    return tx.preparedQuery(WRITE)
        .execute(Tuple.of(SqlTime.of(timers.now()), actorId, ip, action.wire(), subject, json))
        .mapEmpty();
  }

  /** Writes down that an admin ends a call, whose end is another service's. */
  public Future<CallEndNoted> note(NoteCallEnd end) {
    Map<String, String> details =
        Map.of(
            "first", end.first().toString(),
            "second", end.second().toString(),
            "reason", end.reason());
    return database
        .transaction(
            tx -> write(tx, end.actor(), AuditAction.CALL_ENDED, end.roomId().toString(), details))
        .map(written -> new CallEndNoted());
  }

  /** A page of the log, newest first. */
  public Future<AuditListed> list(ListAudit request) {
    int limit = Math.max(1, Math.min(request.limit(), LONGEST_PAGE));
    Instant before = request.before();
    Tuple which =
        Tuple.of(
            request.actorId(),
            request.subject(),
            request.action(),
            request.beforeId(),
            limit + 1,
            before == null ? null : SqlTime.of(before));
    return database
        .read(connection -> connection.preparedQuery(LIST).execute(which))
        .map(
            rows -> {
              List<AuditEntry> entries = Rows.all(rows, AuditLog::entry);
              return entries.size() <= limit
                  ? new AuditListed(entries, null)
                  : new AuditListed(entries.subList(0, limit), entries.get(limit - 1).entryId());
            });
  }

  private static AuditEntry entry(Row row) {
    Map<String, String> details = new HashMap<>();
    row.getJsonObject("details").forEach(field -> details.put(field.getKey(), text(field)));
    return new AuditEntry(
        row.getLong("entry_id"),
        SqlTime.instant(row, "at"),
        row.getUUID("actor_id"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("actor_ip"),
        details);
  }

  private static String text(Map.Entry<String, Object> field) {
    return String.valueOf(field.getValue());
  }
}
