package com.napalmsky.user.report;

import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.ReportContract;
import com.napalmsky.shared.contract.user.ReportContract.ListReports;
import com.napalmsky.shared.contract.user.ReportContract.Report;
import com.napalmsky.shared.contract.user.ReportContract.ReportOutcome;
import com.napalmsky.shared.contract.user.ReportContract.Reported;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.ban.Bans;
import com.napalmsky.user.ban.Standing;
import com.napalmsky.user.block.Hiding;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Page;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.encounter.Encounter;
import com.napalmsky.user.encounter.Encounter.Kind;
import com.napalmsky.user.encounter.Encounters;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes reports, and bans who got too many. Safe from any context. */
public final class Reports {

  /** Public: it stands on the list of permanent bans. */
  private static final String BAN_REASON = "Reported by several people";

  private static final String BEFORE =
      "SELECT EXISTS (SELECT FROM users WHERE user_id = $2) AS known,"
          + " EXISTS (SELECT FROM reports WHERE reporter_user_id = $1"
          + " AND reported_user_id = $2) AS reported";
  private static final String INSERT =
      "INSERT INTO reports (report_id, reporter_user_id, reported_user_id, reporter_ip, reason,"
          + " room_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
          + " ON CONFLICT (reporter_user_id, reported_user_id) DO NOTHING";
  private static final String LIST =
      ReportRows.SELECT
          + " WHERE ($1::uuid IS NULL OR r.reported_user_id = $1)"
          + " AND ($2::uuid IS NULL OR r.reporter_user_id = $2)"
          + " AND (r.created_at, r.report_id) < ($3, $4)"
          + " ORDER BY r.created_at DESC, r.report_id DESC LIMIT $5";

  private record Stored(
      ReportOutcome outcome, @Nullable UUID reportId, int count, Optional<BanChanged> ban) {}

  private final Database database;
  private final Timers timers;
  private final Encounters encounters;
  private final Hiding hiding;
  private final Bans bans;
  private final ReportRules rules;

  public Reports(
      Database database,
      Timers timers,
      Encounters encounters,
      Hiding hiding,
      Bans bans,
      ReportRules rules) {
    this.database = database;
    this.timers = timers;
    this.encounters = encounters;
    this.hiding = hiding;
    this.bans = bans;
    this.rules = rules;
  }

  /** Takes a report of somebody the reporter met; all else is refused and changes nothing. */
  public Future<Reported> report(Report request) {
    UUID reported = request.reportedId();
    if (reported == null || reported.equals(request.reporterId())) {
      return refused(reported == null ? ReportOutcome.UNKNOWN_USER : ReportOutcome.SELF);
    }
    return before(request.reporterId(), reported)
        .compose(
            refusal ->
                refusal.isEmpty()
                    ? encounters
                        .of(request.reporterId(), reported, request.roomId())
                        .compose(encounter -> take(request, reported, encounter))
                    : refused(refusal.get()));
  }

  private Future<Optional<ReportOutcome>> before(UUID reporter, UUID reported) {
    return database
        .read(connection -> connection.preparedQuery(BEFORE).execute(Tuple.of(reporter, reported)))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              if (!row.getBoolean("known")) {
                return Optional.of(ReportOutcome.UNKNOWN_USER);
              }
              return row.getBoolean("reported")
                  ? Optional.of(ReportOutcome.ALREADY_REPORTED)
                  : Optional.empty();
            });
  }

  private Future<Reported> take(Report request, UUID reported, Encounter encounter) {
    if (!encounter.met()) {
      return refused(
          encounter.kind() == Kind.NONE
              ? ReportOutcome.NO_SHARED_CALL
              : ReportOutcome.NOT_THIS_CALL);
    }
    return database
        .transaction(tx -> store(tx, request, reported, encounter.roomId()))
        .recover(
            cause ->
                // One of the two was deleted meanwhile.
                Database.namesAMissingRow(cause)
                    ? Future.succeededFuture(nothing(ReportOutcome.UNKNOWN_USER))
                    : Future.failedFuture(cause))
        .compose(
            stored ->
                stored.outcome() == ReportOutcome.TAKEN
                    ? follow(request, reported, encounter, stored)
                    : refused(stored.outcome()));
  }

  private Future<Stored> store(
      SqlConnection tx, Report request, UUID reported, @Nullable UUID roomId) {
    UUID reportId = UUID.randomUUID();
    return bans.hold(tx, reported)
        .compose(
            standing ->
                standing.isEmpty()
                    ? Future.succeededFuture(nothing(ReportOutcome.UNKNOWN_USER))
                    : insert(tx, reportId, request, reported, roomId)
                        .compose(
                            inserted ->
                                inserted
                                    ? judge(tx, reportId, reported, standing.get())
                                    : Future.succeededFuture(
                                        nothing(ReportOutcome.ALREADY_REPORTED))));
  }

  private Future<Boolean> insert(
      SqlConnection tx, UUID reportId, Report request, UUID reported, @Nullable UUID roomId) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                reportId,
                request.reporterId(),
                reported,
                request.ip(),
                request.reason(),
                roomId,
                SqlTime.of(timers.now())))
        .map(rows -> rows.rowCount() == 1);
  }

  private Future<Stored> judge(SqlConnection tx, UUID reportId, UUID reported, Standing standing) {
    return Tally.of(tx, reported)
        .compose(
            tally ->
                ban(tx, reported, standing, tally)
                    .map(ban -> new Stored(ReportOutcome.TAKEN, reportId, tally.reporters(), ban)));
  }

  /** An admin is not banned by reports: those who would decide on it could be locked out so. */
  private Future<Optional<BanChanged>> ban(
      SqlConnection tx, UUID reported, Standing standing, Tally tally) {
    if (standing.status().banned() || standing.admin() || !tally.reaches(rules.reportersToBan())) {
      return Future.succeededFuture(Optional.empty());
    }
    return bans.apply(
        tx,
        reported,
        BAN_REASON,
        rules.banLength().isZero() ? null : timers.now().plus(rules.banLength()),
        tally.reporters());
  }

  private Future<Reported> follow(
      Report request, UUID reported, Encounter encounter, Stored stored) {
    hiding.began(request.reporterId(), reported);
    stored.ban().ifPresent(bans::announce);
    UUID room = encounter.roomId();
    Future<Boolean> ended =
        request.endCall() && encounter.kind() == Kind.IN_CALL && room != null
            ? encounters.end(room, EndReason.REPORTED)
            : Future.succeededFuture(false);
    return ended.map(
        callEnded ->
            new Reported(
                ReportOutcome.TAKEN,
                stored.reportId(),
                stored.count(),
                stored.ban().isPresent(),
                callEnded));
  }

  /** All reports, newest first. */
  public Future<ReportContract.Reports> list(ListReports request) {
    int limit = Page.limit(request.limit());
    Cursor before = request.before();
    Tuple which =
        Tuple.of(
            request.reportedId(),
            request.reporterId(),
            Page.instant(before),
            Page.id(before),
            limit + 1);
    return database
        .read(connection -> connection.preparedQuery(LIST).execute(which))
        .map(rows -> Page.of(Rows.all(rows, ReportRows::entry), limit, ReportRows::place))
        .map(page -> new ReportContract.Reports(page.entries(), page.next()));
  }

  private static Stored nothing(ReportOutcome outcome) {
    return new Stored(outcome, null, 0, Optional.empty());
  }

  private static Future<Reported> refused(ReportOutcome outcome) {
    return Future.succeededFuture(new Reported(outcome, null, 0, false, false));
  }
}
