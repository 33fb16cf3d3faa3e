package com.napalmsky.user.announcement;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.AnnouncementContract;
import com.napalmsky.shared.contract.user.AnnouncementContract.AllAnnouncements;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announce;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announced;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announcement;
import com.napalmsky.shared.contract.user.AnnouncementContract.AnnouncementMade;
import com.napalmsky.shared.contract.user.AnnouncementContract.AnnouncementState;
import com.napalmsky.shared.contract.user.AnnouncementContract.AnnouncementWithdrawn;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announcements;
import com.napalmsky.shared.contract.user.AnnouncementContract.KeptAnnouncement;
import com.napalmsky.shared.contract.user.AnnouncementContract.ListAllAnnouncements;
import com.napalmsky.shared.contract.user.AnnouncementContract.ListAnnouncements;
import com.napalmsky.shared.contract.user.AnnouncementContract.Withdraw;
import com.napalmsky.shared.contract.user.AnnouncementContract.Withdrawn;
import com.napalmsky.shared.contract.user.AuditAction;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.audit.AuditLog;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Page;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes, withdraws and lists announcements. Safe from any context. */
public final class Announcing {

  // Two admins at the same time must not both take the last place.
  private static final String ONE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtext('napalmsky.announcements'))";
  private static final String IN_FORCE =
      "SELECT announcement_id, text, made_at, ends_at FROM announcements"
          + " WHERE withdrawn_at IS NULL AND ends_at > $1 ORDER BY made_at DESC, announcement_id"
          + " LIMIT $2";
  private static final String ALL =
      "SELECT * FROM (SELECT announcement_id, text, made_at, ends_at, made_by, withdrawn_at,"
          + " CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN ends_at > $1"
          + " THEN 'in_force' ELSE 'ended' END AS state FROM announcements) a"
          + " WHERE ($2::text IS NULL OR state = $2) AND (made_at, announcement_id) < ($3, $4)"
          + " ORDER BY made_at DESC, announcement_id DESC LIMIT $5";
  private static final String ADD =
      "INSERT INTO announcements (announcement_id, text, made_by, made_at, ends_at)"
          + " VALUES ($1, $2, $3, $4, $5)";
  private static final String WITHDRAW =
      "UPDATE announcements SET withdrawn_at = $2"
          + " WHERE announcement_id = $1 AND withdrawn_at IS NULL AND ends_at > $2";

  private final Database database;
  private final Bus bus;
  private final Timers timers;
  private final AuditLog audit;

  public Announcing(Database database, Bus bus, Timers timers, AuditLog audit) {
    this.database = database;
    this.bus = bus;
    this.timers = timers;
    this.audit = audit;
  }

  /** Stores an announcement and tells everybody. */
  public Future<Announced> announce(Announce request) {
    Instant now = timers.now();
    int length = request.text().codePointCount(0, request.text().length());
    if (request.text().isBlank() || length > AnnouncementContract.LONGEST_TEXT) {
      return Future.failedFuture(ServiceFailure.invalid("text has 1 to 500 characters"));
    }
    if (!request.endsAt().isAfter(now)
        || request.endsAt().isAfter(now.plus(AnnouncementContract.LONGEST_LIFE))) {
      return Future.failedFuture(
          ServiceFailure.invalid("endsAt is in the future, at most 30 days from now"));
    }
    Announcement made = new Announcement(UUID.randomUUID(), request.text(), now, request.endsAt());
    return database
        .transaction(tx -> store(tx, made, request))
        .map(
            stored -> {
              stored.ifPresent(
                  one -> bus.publish(AnnouncementContract.MADE, new AnnouncementMade(one)));
              return new Announced(stored.orElse(null));
            });
  }

  private Future<Optional<Announcement>> store(
      SqlConnection tx, Announcement made, Announce request) {
    return tx.query(ONE_AT_A_TIME)
        .execute()
        .compose(alone -> tx.preparedQuery(IN_FORCE).execute(inForce(made.madeAt())))
        .compose(
            rows ->
                rows.size() >= AnnouncementContract.MOST
                    ? Future.succeededFuture(Optional.empty())
                    : add(tx, made, request).map(added -> Optional.of(made)));
  }

  private Future<Void> add(SqlConnection tx, Announcement made, Announce request) {
    return tx.preparedQuery(ADD)
        .execute(
            Tuple.of(
                made.id(),
                made.text(),
                request.actor().userId(),
                SqlTime.of(made.madeAt()),
                SqlTime.of(made.endsAt())))
        .compose(
            added ->
                audit.write(
                    tx,
                    request.actor(),
                    AuditAction.ANNOUNCEMENT_MADE,
                    made.id().toString(),
                    Map.of("text", made.text(), "endsAt", made.endsAt().toString())));
  }

  /** Ends an announcement before its time; told even when it had ended, as a telling may fail. */
  public Future<Withdrawn> withdraw(Withdraw request) {
    return database
        .transaction(tx -> withdraw(tx, request))
        .map(
            found -> {
              bus.publish(AnnouncementContract.WITHDRAWN, new AnnouncementWithdrawn(request.id()));
              return new Withdrawn(found);
            });
  }

  private Future<Boolean> withdraw(SqlConnection tx, Withdraw request) {
    return tx.preparedQuery(WITHDRAW)
        .execute(Tuple.of(request.id(), SqlTime.of(timers.now())))
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.succeededFuture(false)
                    : audit
                        .write(
                            tx,
                            request.actor(),
                            AuditAction.ANNOUNCEMENT_WITHDRAWN,
                            request.id().toString(),
                            Map.of())
                        .map(written -> true));
  }

  /** Those in force. */
  public Future<Announcements> list(ListAnnouncements request) {
    return database
        .read(connection -> connection.preparedQuery(IN_FORCE).execute(inForce(timers.now())))
        .map(rows -> new Announcements(Rows.all(rows, Announcing::announcement)));
  }

  /** All there ever were. */
  public Future<AllAnnouncements> listAll(ListAllAnnouncements request) {
    int limit = Page.limit(request.limit());
    Cursor before = request.before();
    AnnouncementState state = request.state();
    Tuple which =
        Tuple.of(
            SqlTime.of(timers.now()),
            state == null ? null : state.wire(),
            Page.instant(before),
            Page.id(before),
            limit + 1);
    return database
        .read(connection -> connection.preparedQuery(ALL).execute(which))
        .map(rows -> Page.of(Rows.all(rows, Announcing::kept), limit, Announcing::place))
        .map(page -> new AllAnnouncements(page.entries(), page.next()));
  }

  private static KeptAnnouncement kept(Row row) {
    return new KeptAnnouncement(
        announcement(row),
        AnnouncementState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getUUID("made_by"),
        SqlTime.optionalInstant(row, "withdrawn_at"));
  }

  private static Cursor place(KeptAnnouncement kept) {
    return new Cursor(kept.announcement().madeAt(), kept.announcement().id());
  }

  private static Tuple inForce(Instant now) {
    return Tuple.of(SqlTime.of(now), AnnouncementContract.MOST);
  }

  private static Announcement announcement(Row row) {
    return new Announcement(
        row.getUUID("announcement_id"),
        row.getString("text"),
        SqlTime.instant(row, "made_at"),
        SqlTime.instant(row, "ends_at"));
  }
}
