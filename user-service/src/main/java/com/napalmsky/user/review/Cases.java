package com.napalmsky.user.review;

import com.napalmsky.shared.contract.user.BanContract.BanRecord;
import com.napalmsky.shared.contract.user.BanContract.BansListed;
import com.napalmsky.shared.contract.user.BanContract.CountModeration;
import com.napalmsky.shared.contract.user.BanContract.ListBans;
import com.napalmsky.shared.contract.user.BanContract.ListPending;
import com.napalmsky.shared.contract.user.BanContract.ModerationCounted;
import com.napalmsky.shared.contract.user.BanContract.PendingCase;
import com.napalmsky.shared.contract.user.BanContract.PendingCases;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.ReportContract.ReportEntry;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.ban.BanRows;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Page;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.report.ReportRows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What waits for a decision, and how much there is of everything. Safe from any context. */
public final class Cases {

  private static final int MOST_REPORTS = 50;

  private static final String PENDING =
      "SELECT "
          + BanRows.COLUMNS
          + " FROM ban_records b JOIN users u USING (user_id) WHERE "
          + BanRows.open("$1")
          + " AND (NOT $2 OR b.appeal IS NOT NULL) AND (b.banned_at, b.user_id) < ($3, $4)"
          + " ORDER BY b.banned_at DESC, b.user_id DESC LIMIT $5";
  private static final String ALL =
      "SELECT "
          + BanRows.COLUMNS
          + " FROM ban_records b JOIN users u USING (user_id)"
          + " WHERE ($2::text IS NULL OR $2 = CASE WHEN u.banned_until <= $1 THEN 'none'"
          + " ELSE u.ban_status END) AND ($3::text IS NULL OR b.review_status = $3)"
          + " AND (b.banned_at, b.user_id) < ($4, $5)"
          + " ORDER BY b.banned_at DESC, b.user_id DESC LIMIT $6";
  private static final String REPORTS =
      ReportRows.SELECT
          + " WHERE r.report_id IN (SELECT report_id FROM (SELECT report_id, row_number() OVER"
          + " (PARTITION BY reported_user_id ORDER BY created_at DESC, report_id DESC) AS place"
          + " FROM reports WHERE reported_user_id = ANY ($1)) AS numbered WHERE place <= $2)"
          + " ORDER BY r.created_at DESC, r.report_id DESC";
  private static final String COUNT =
      "SELECT (SELECT count(*) FROM reports) AS reports, count(*) AS bans,"
          + " count(*) FILTER (WHERE "
          + BanRows.open("$1")
          + ") AS pending, count(*) FILTER (WHERE b.appeal IS NOT NULL AND "
          + BanRows.open("$1")
          + ") AS appeals, count(*) FILTER (WHERE u.ban_status = 'permanent') AS permanent,"
          + " count(*) FILTER (WHERE u.ban_status = 'temporary' AND "
          + BanRows.inForce("$1")
          + ") AS temporary, count(*) FILTER (WHERE b.ban_status = 'vindicated') AS vindicated,"
          + " (SELECT count(*) FROM ip_bans WHERE expires_at IS NULL OR expires_at > $1) AS ips"
          + " FROM ban_records b JOIN users u USING (user_id)";

  private final Database database;
  private final Timers timers;

  public Cases(Database database, Timers timers) {
    this.database = database;
    this.timers = timers;
  }

  /** Bans that somebody has to decide on, with what was reported. */
  public Future<PendingCases> pending(ListPending request) {
    return database.read(connection -> pending(connection, request));
  }

  private Future<PendingCases> pending(SqlConnection connection, ListPending request) {
    int limit = Page.limit(request.limit());
    Cursor before = request.before();
    return connection
        .preparedQuery(PENDING)
        .execute(
            Tuple.of(
                SqlTime.of(timers.now()),
                request.appealedOnly(),
                Page.instant(before),
                Page.id(before),
                limit + 1))
        .map(
            rows ->
                Page.of(
                    Rows.all(rows, row -> BanRows.record(row, timers.now())), limit, Cases::place))
        .compose(page -> withReports(connection, page));
  }

  private static Future<PendingCases> withReports(SqlConnection connection, Page<BanRecord> bans) {
    UUID[] banned = bans.entries().stream().map(ban -> ban.person().userId()).toArray(UUID[]::new);
    return connection
        .preparedQuery(REPORTS)
        .execute(Tuple.of(banned, MOST_REPORTS))
        .map(rows -> Rows.all(rows, ReportRows::entry))
        .map(
            reports -> {
              Map<UUID, List<ReportEntry>> byReported =
                  reports.stream()
                      .collect(Collectors.groupingBy(report -> report.reported().userId()));
              return new PendingCases(
                  bans.entries().stream()
                      .map(
                          ban ->
                              new PendingCase(
                                  ban, byReported.getOrDefault(ban.person().userId(), List.of())))
                      .toList(),
                  bans.next());
            });
  }

  /** The latest ban of everybody who was ever banned. */
  public Future<BansListed> list(ListBans request) {
    int limit = Page.limit(request.limit());
    Cursor before = request.before();
    BanStatus status = request.status();
    ReviewStatus review = request.review();
    Tuple which =
        Tuple.of(
            SqlTime.of(timers.now()),
            status == null ? null : status.wire(),
            review == null ? null : review.wire(),
            Page.instant(before),
            Page.id(before),
            limit + 1);
    return database
        .read(connection -> connection.preparedQuery(ALL).execute(which))
        .map(
            rows ->
                Page.of(
                    Rows.all(rows, row -> BanRows.record(row, timers.now())), limit, Cases::place))
        .map(page -> new BansListed(page.entries(), page.next()));
  }

  private static Cursor place(BanRecord ban) {
    return new Cursor(ban.bannedAt(), ban.person().userId());
  }

  /** How much there is of everything. */
  public Future<ModerationCounted> count(CountModeration request) {
    return database
        .read(
            connection ->
                connection.preparedQuery(COUNT).execute(Tuple.of(SqlTime.of(timers.now()))))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new ModerationCounted(
                  number(row, "reports"),
                  number(row, "bans"),
                  number(row, "pending"),
                  number(row, "appeals"),
                  number(row, "permanent"),
                  number(row, "temporary"),
                  number(row, "vindicated"),
                  number(row, "ips"));
            });
  }

  private static int number(Row row, String column) {
    return Math.toIntExact(row.getLong(column));
  }
}
