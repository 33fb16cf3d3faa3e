package com.napalmsky.user.code;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.AuditAction;
import com.napalmsky.shared.contract.user.CodeContract.CodeDeactivated;
import com.napalmsky.shared.contract.user.CodeContract.CodeGenerated;
import com.napalmsky.shared.contract.user.CodeContract.CodeType;
import com.napalmsky.shared.contract.user.CodeContract.CodesListed;
import com.napalmsky.shared.contract.user.CodeContract.DeactivateCode;
import com.napalmsky.shared.contract.user.CodeContract.GenerateCode;
import com.napalmsky.shared.contract.user.CodeContract.ListCodes;
import com.napalmsky.shared.contract.user.CodeContract.ListedCode;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.audit.AuditLog;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Page;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Codes as administrators see them. Who is one was decided before; each change is written down with
 * the deed. Safe from any context.
 */
public final class AdminCodes {

  private static final int LONGEST_LABEL = 100;
  private static final int LONGEST_LIST = 1000;

  private static final String GENERATE =
      "INSERT INTO invite_codes (code, created_by, created_by_name, created_at, type, max_uses,"
          + " uses_remaining, expires_at)"
          + " SELECT $1, user_id, $3, $4, 'admin', -1, -1, $5 FROM users WHERE user_id = $2";
  private static final String LIST =
      CodeRow.SELECT
          + " WHERE (c.created_at, "
          + CodeRow.PLACE
          + ") < ($1, $2)"
          + " AND ($3::text IS NULL OR c.type = $3) AND ($4::boolean IS NULL OR (c.is_active"
          + " AND (c.expires_at IS NULL OR c.expires_at > $6)) = $4)"
          + " ORDER BY c.created_at DESC, "
          + CodeRow.PLACE
          + " DESC LIMIT $5";
  private static final String COUNT = "SELECT count(*) FROM invite_codes";
  private static final String DEACTIVATE =
      "UPDATE invite_codes SET is_active = false, deactivated_at = $2"
          + " WHERE code = $1 AND deactivated_at IS NULL";
  private static final String EXISTS = "SELECT 1 FROM invite_codes WHERE code = $1";

  private final Database database;
  private final Timers timers;
  private final AuditLog audit;
  private final CodeWords words = new CodeWords();

  public AdminCodes(Database database, Timers timers, AuditLog audit) {
    this.database = database;
    this.timers = timers;
    this.audit = audit;
  }

  /** Makes a code for as many as come. */
  public Future<CodeGenerated> generate(GenerateCode request) {
    String label = request.label();
    if (label != null && !acceptable(label)) {
      return Future.failedFuture(ServiceFailure.invalid("a label has 1 to 100 characters"));
    }
    Instant expiresAt = request.expiresAt();
    if (expiresAt != null && !expiresAt.isAfter(timers.now())) {
      return Future.failedFuture(ServiceFailure.invalid("a code expires in the future"));
    }
    String code = words.next();
    return database.transaction(
        tx ->
            tx.preparedQuery(GENERATE)
                .execute(
                    Tuple.of(
                        code,
                        request.actor().userId(),
                        label,
                        SqlTime.of(timers.now()),
                        expiresAt == null ? null : SqlTime.of(expiresAt)))
                .compose(
                    made ->
                        made.rowCount() == 0
                            ? Future.succeededFuture(new CodeGenerated(null))
                            : audit
                                .write(
                                    tx,
                                    request.actor(),
                                    AuditAction.CODE_GENERATED,
                                    code,
                                    details(label, expiresAt))
                                .map(written -> new CodeGenerated(code))));
  }

  private static Map<String, String> details(@Nullable String label, @Nullable Instant expiresAt) {
    Map<String, String> details = new LinkedHashMap<>();
    if (label != null) {
      details.put("label", label);
    }
    if (expiresAt != null) {
      details.put("expiresAt", expiresAt.toString());
    }
    return details;
  }

  private static boolean acceptable(String label) {
    return !label.isBlank()
        && label.codePointCount(0, label.length()) <= LONGEST_LABEL
        && label.indexOf('\0') < 0;
  }

  /** A page of codes, and how many there are in all. */
  public Future<CodesListed> list(ListCodes request) {
    return database.read(connection -> list(connection, request, timers.now()));
  }

  private static Future<CodesListed> list(
      SqlConnection connection, ListCodes request, Instant now) {
    int limit = Math.max(1, Math.min(request.limit(), LONGEST_LIST));
    Instant at = request.before();
    Cursor before = at == null ? null : new Cursor(at, request.beforeId());
    CodeType type = request.type();
    Future<RowSet<Row>> count = connection.query(COUNT).execute();
    Future<RowSet<Row>> codes =
        connection
            .preparedQuery(LIST)
            .execute(
                Tuple.of(
                    Page.instant(before),
                    Page.id(before),
                    type == null ? null : type.name().toLowerCase(Locale.ROOT),
                    request.active(),
                    limit + 1,
                    SqlTime.of(now)));
    return Future.join(count, codes)
        .map(
            done -> {
              Page<Placed> page =
                  Page.of(Rows.all(codes.result(), row -> placed(row, now)), limit, Placed::cursor);
              long total = count.result().iterator().next().getLong(0);
              return new CodesListed(
                  page.entries().stream().map(Placed::code).toList(), total, page.next());
            });
  }

  /** A code and what tells it apart from others of its instant. */
  private record Placed(UUID place, ListedCode code) {
    Cursor cursor() {
      return new Cursor(code.createdAt(), place);
    }
  }

  private static Placed placed(Row row, Instant now) {
    return new Placed(row.getUUID("place"), listed(row, now));
  }

  private static ListedCode listed(Row row, Instant now) {
    Instant expiresAt = CodeRow.expiresAt(row);
    return new ListedCode(
        row.getString("code"),
        CodeRow.type(row),
        CodeRow.createdBy(row),
        SqlTime.instant(row, "created_at"),
        row.getInteger("max_uses"),
        row.getInteger("uses_remaining"),
        row.getInteger("total_used"),
        row.getBoolean("is_active") && !CodeRow.expired(expiresAt, now),
        expiresAt);
  }

  /** Ends a code for good; one that is not yet unlocked never will be. */
  public Future<CodeDeactivated> deactivate(DeactivateCode request) {
    if (!AccessCodes.wellFormed(request.code())) {
      return Future.succeededFuture(new CodeDeactivated(false));
    }
    return database.repeatableTransaction(
        tx ->
            tx.preparedQuery(DEACTIVATE)
                .execute(Tuple.of(request.code(), SqlTime.of(timers.now())))
                .compose(
                    ended ->
                        ended.rowCount() == 0
                            ? tx.preparedQuery(EXISTS)
                                .execute(Tuple.of(request.code()))
                                .map(rows -> new CodeDeactivated(rows.size() > 0))
                            : audit
                                .write(
                                    tx,
                                    request.actor(),
                                    AuditAction.CODE_DEACTIVATED,
                                    request.code(),
                                    Map.of())
                                .map(written -> new CodeDeactivated(true))));
  }
}
