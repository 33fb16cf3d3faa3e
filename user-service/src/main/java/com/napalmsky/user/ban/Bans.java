package com.napalmsky.user.ban;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.AuditAction;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.meter.Counts;
import com.napalmsky.user.audit.AuditLog;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a ban, each inside the transaction of a caller who has called {@link #hold} first.
 * Safe from any context.
 */
public final class Bans {

  // A ban that ran out is written down by whoever looks: reports of its time must not count again.
  private static final String RUN_OUT =
      "WITH ended AS (UPDATE users SET ban_status = 'none', banned_at = NULL,"
          + " banned_reason = NULL, banned_until = NULL, review_status = NULL,"
          + " ban_changed_at = $2, updated_at = $2"
          + " WHERE user_id = $1 AND ban_status = 'temporary' AND banned_until <= $2"
          + " RETURNING user_id)"
          + " UPDATE ban_records b SET ban_status = 'none', counted_since = coalesce(b.until, $2)"
          + " FROM ended e WHERE b.user_id = e.user_id";
  private static final String HOLD =
      "SELECT u.user_id FROM users u WHERE u.user_id = $1 FOR NO KEY UPDATE OF u";
  private static final String STANDING =
      "SELECT "
          + PersonRow.BAN
          + ", u.role, b.review_status AS review, ("
          + BanRows.open("$2")
          + ") AS open FROM users u LEFT JOIN ban_records b USING (user_id) WHERE u.user_id = $1";

  private static final String APPLY_USER =
      "UPDATE users SET ban_status = 'temporary', banned_at = $2, banned_reason = $3,"
          + " banned_until = $4, review_status = 'pending', ban_changed_at = $2, updated_at = $2"
          + " WHERE user_id = $1 AND ban_status IN ('none', 'vindicated')";
  private static final String APPLY_RECORD =
      "INSERT INTO ban_records AS b (user_id, ban_status, banned_at, banned_reason, until,"
          + " report_count, review_status, ip_addresses)"
          + " VALUES ($1, 'temporary', $2, $3, $4, $5, 'pending',"
          + " ARRAY(SELECT DISTINCT ip_address FROM sessions"
          + " WHERE user_id = $1 AND ip_address IS NOT NULL ORDER BY ip_address LIMIT 50))"
          + " ON CONFLICT (user_id) DO UPDATE SET ban_status = excluded.ban_status,"
          + " banned_at = excluded.banned_at, banned_reason = excluded.banned_reason,"
          + " until = excluded.until, report_count = excluded.report_count,"
          + " review_status = excluded.review_status, ip_addresses = excluded.ip_addresses,"
          + " reviewed_at = NULL, reviewed_by = NULL, review_reason = NULL,"
          + " appeal = NULL, appealed_at = NULL";

  // First the record: an imported ban may have none, and what it is made of is in the user's row.
  private static final String DECIDE_RECORD =
      "INSERT INTO ban_records AS b (user_id, ban_status, banned_at, banned_reason, until,"
          + " report_count, review_status, reviewed_at, reviewed_by, review_reason, counted_since)"
          + " SELECT user_id, $2, coalesce(banned_at, $5), coalesce(banned_reason, ''), $3, 0, $4,"
          + " $5, $6, $7, $8 FROM users WHERE user_id = $1"
          + " ON CONFLICT (user_id) DO UPDATE SET ban_status = excluded.ban_status,"
          + " until = excluded.until, review_status = excluded.review_status,"
          + " reviewed_at = excluded.reviewed_at, reviewed_by = excluded.reviewed_by,"
          + " review_reason = excluded.review_reason,"
          + " counted_since = coalesce(excluded.counted_since, b.counted_since)";
  private static final String DECIDE_USER =
      "UPDATE users SET ban_status = $2, banned_until = $3, review_status = $4,"
          + " ban_changed_at = $5, updated_at = $5,"
          + " banned_at = CASE WHEN $6 THEN banned_at END,"
          + " banned_reason = CASE WHEN $6 THEN banned_reason END WHERE user_id = $1";

  /**
   * What somebody made of a ban.
   *
   * @param until when it ends, null for not by itself
   */
  public record Decided(
      BanStatus status,
      @Nullable Instant until,
      ReviewStatus review,
      UUID decidedBy,
      String reason) {}

  private final Counts<BanStatus> decisions = new Counts<>(BanStatus.class);
  private final Bus bus;
  private final Timers timers;
  private final AuditLog audit;

  public Bans(Bus bus, Timers timers, AuditLog audit) {
    this.bus = bus;
    this.timers = timers;
    this.audit = audit;
  }

  /**
   * Holds a user's row until the commit, and says where he stands.
   *
   * @return empty when there is no such user
   */
  public Future<Optional<Standing>> hold(SqlConnection tx, UUID userId) {
    Tuple now = Tuple.of(userId, SqlTime.of(timers.now()));
    return tx.preparedQuery(HOLD)
        .execute(Tuple.of(userId))
        .compose(held -> tx.preparedQuery(RUN_OUT).execute(now))
        .compose(ended -> tx.preparedQuery(STANDING).execute(now))
        .map(rows -> Rows.first(rows).map(this::standing));
  }

  private Standing standing(Row row) {
    BanStatus status = PersonRow.banStatus(row, timers.now());
    String review = row.getString("review");
    return new Standing(
        status,
        SqlTime.optionalInstant(row, "banned_until"),
        review == null || !status.banned()
            ? null
            : ReviewStatus.valueOf(review.toUpperCase(Locale.ROOT)),
        Boolean.TRUE.equals(row.getBoolean("open")),
        "admin".equals(row.getString("role")));
  }

  /**
   * Bans a user who is not banned, until somebody decides or until a time.
   *
   * @param until null for until somebody decides
   * @param reportCount reports that brought it about
   * @return what to announce after the commit; empty when somebody else was faster
   */
  public Future<Optional<BanChanged>> apply(
      SqlConnection tx, UUID userId, String reason, @Nullable Instant until, int reportCount) {
    Instant now = timers.now();
    OffsetDateTime end = until == null ? null : SqlTime.of(until);
    return tx.preparedQuery(APPLY_USER)
        .execute(Tuple.of(userId, SqlTime.of(now), reason, end))
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.succeededFuture(Optional.empty())
                    : tx.preparedQuery(APPLY_RECORD)
                        .execute(Tuple.of(userId, SqlTime.of(now), reason, end, reportCount))
                        .compose(recorded -> noteApplied(tx, userId, until, reportCount))
                        .map(
                            written -> {
                              decisions.count(BanStatus.TEMPORARY);
                              return Optional.of(
                                  new BanChanged(userId, BanStatus.TEMPORARY, until, now));
                            }));
  }

  private Future<Void> noteApplied(
      SqlConnection tx, UUID userId, @Nullable Instant until, int reportCount) {
    String reports = String.valueOf(reportCount);
    return audit.write(
        tx,
        null,
        AuditAction.BAN_APPLIED,
        userId.toString(),
        until == null
            ? Map.of("reports", reports)
            : Map.of("reports", reports, "until", until.toString()));
  }

  /**
   * Writes down what was made of a ban in force.
   *
   * @return what to announce after the commit
   */
  public Future<BanChanged> decide(SqlConnection tx, UUID userId, Decided decided) {
    Instant now = timers.now();
    OffsetDateTime at = SqlTime.of(now);
    OffsetDateTime until = decided.until() == null ? null : SqlTime.of(decided.until());
    boolean stays = decided.status().banned();
    return tx.preparedQuery(DECIDE_RECORD)
        .execute(
            Tuple.of(
                userId,
                decided.status().wire(),
                until,
                decided.review().wire(),
                at,
                decided.decidedBy(),
                decided.reason(),
                stays ? null : at))
        .compose(
            recorded ->
                tx.preparedQuery(DECIDE_USER)
                    .execute(
                        Tuple.of(
                            userId,
                            decided.status().wire(),
                            until,
                            decided.review().wire(),
                            at,
                            stays)))
        .map(
            done -> {
              decisions.count(decided.status());
              return new BanChanged(userId, decided.status(), decided.until(), now);
            });
  }

  /** How often this was made of an account since the start. */
  public long decisions(BanStatus status) {
    return decisions.total(status);
  }

  /** Tells all what holds of a ban; to be called after the commit. */
  public void announce(BanChanged change) {
    bus.publish(BanContract.BAN_CHANGED, change);
  }
}
