package com.napalmsky.user.ipban;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.AuditAction;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.IpBanContract;
import com.napalmsky.shared.contract.user.IpBanContract.BanIp;
import com.napalmsky.shared.contract.user.IpBanContract.IpBan;
import com.napalmsky.shared.contract.user.IpBanContract.IpBanLifted;
import com.napalmsky.shared.contract.user.IpBanContract.IpBanned;
import com.napalmsky.shared.contract.user.IpBanContract.IpBansChanged;
import com.napalmsky.shared.contract.user.IpBanContract.LiftIpBan;
import com.napalmsky.shared.contract.user.IpBanContract.ListIpBans;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.audit.AuditLog;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Page;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.retention.Chore;
import com.napalmsky.user.retention.ExpiredRows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keeps the list of banned addresses. Safe from any context. */
public final class IpBans implements Chore {

  /** The setting for how many there may be. */
  public static final String MOST = "USER_IP_BANS_MAX";

  // Gateways read all of them, again and again.
  private static final int LONGEST_PAGE = 1_000;

  private static final String COLUMNS =
      "ban_id, ip_address, reason, banned_at, expires_at, banned_by, user_id";
  // Two admins at once make one ban of one network; the bound they may overshoot by one.
  private static final String BAN =
      "INSERT INTO ip_bans AS b (ban_id, ip_address, reason, banned_at, expires_at, banned_by)"
          + " SELECT $1, $2, $3, $4, $5, $6 WHERE (SELECT count(*) FROM ip_bans) < $7"
          + " OR EXISTS (SELECT FROM ip_bans WHERE ip_address = $2)"
          + " ON CONFLICT (ip_address) DO UPDATE SET reason = excluded.reason,"
          + " banned_at = excluded.banned_at, expires_at = excluded.expires_at,"
          + " banned_by = excluded.banned_by RETURNING "
          + COLUMNS;
  private static final String LIFT = "DELETE FROM ip_bans WHERE ban_id = $1 RETURNING " + COLUMNS;
  private static final String LIST =
      "SELECT "
          + COLUMNS
          + " FROM ip_bans WHERE (expires_at IS NULL OR expires_at > $1)"
          + " AND (banned_at, ban_id) < ($2, $3) AND ($5::uuid IS NULL OR banned_by = $5)"
          + " ORDER BY banned_at DESC, ban_id DESC LIMIT $4";
  private static final String EXPIRED = ExpiredRows.deletion("ip_bans", "expires_at <= $1");

  private final Database database;
  private final Bus bus;
  private final Timers timers;
  private final AuditLog audit;
  private final int most;

  /**
   * @param most how many there may be
   */
  public IpBans(Database database, Bus bus, Timers timers, AuditLog audit, int most) {
    this.database = database;
    this.bus = bus;
    this.timers = timers;
    this.audit = audit;
    this.most = most;
  }

  /** Bans an address or a network, or gives the ban of it another reason and end. */
  public Future<IpBanned> ban(BanIp request) {
    return database
        .transaction(tx -> ban(tx, request))
        .map(
            stored -> {
              stored.ifPresent(ban -> announce());
              return new IpBanned(stored.orElse(null));
            });
  }

  private Future<Optional<IpBan>> ban(SqlConnection tx, BanIp request) {
    Instant until = request.until();
    return tx.preparedQuery(BAN)
        .execute(
            Tuple.of(
                UUID.randomUUID(),
                request.network(),
                request.reason(),
                SqlTime.of(timers.now()),
                until == null ? null : SqlTime.of(until),
                request.actor().userId(),
                most))
        .map(rows -> Rows.first(rows).map(IpBans::entry))
        .compose(stored -> audited(tx, stored, request.actor(), AuditAction.IP_BAN_MADE));
  }

  /** Ends a ban; one that is not there any more is not found. */
  public Future<IpBanLifted> lift(LiftIpBan request) {
    return database
        .transaction(
            tx ->
                tx.preparedQuery(LIFT)
                    .execute(Tuple.of(request.id()))
                    .map(rows -> Rows.first(rows).map(IpBans::entry))
                    .compose(gone -> audited(tx, gone, request.actor(), AuditAction.IP_BAN_LIFTED)))
        .map(
            gone -> {
              gone.ifPresent(ban -> announce());
              return new IpBanLifted(gone.isPresent());
            });
  }

  private Future<Optional<IpBan>> audited(
      SqlConnection tx, Optional<IpBan> changed, Actor actor, AuditAction action) {
    if (changed.isEmpty()) {
      return Future.succeededFuture(changed);
    }
    IpBan ban = changed.get();
    Map<String, String> details =
        ban.until() == null
            ? Map.of("reason", ban.reason())
            : Map.of("reason", ban.reason(), "until", ban.until().toString());
    return audit.write(tx, actor, action, ban.network(), details).map(written -> changed);
  }

  /** Bans that have not run out, newest first. */
  public Future<IpBanContract.IpBans> list(ListIpBans request) {
    int limit = Math.max(1, Math.min(request.limit(), LONGEST_PAGE));
    Cursor before = request.before();
    Tuple which =
        Tuple.of(
            SqlTime.of(timers.now()),
            Page.instant(before),
            Page.id(before),
            limit + 1,
            request.bannedBy());
    return database
        .read(connection -> connection.preparedQuery(LIST).execute(which))
        .map(rows -> Page.of(Rows.all(rows, IpBans::entry), limit, IpBans::place))
        .map(page -> new IpBanContract.IpBans(page.entries(), page.next()));
  }

  @Override
  public String name() {
    return "ip-bans";
  }

  /** Deletes bans that ran out; the gateways see by themselves that they did. */
  @Override
  public Future<Integer> portion(int rows) {
    Tuple which = Tuple.of(SqlTime.of(timers.now()), rows);
    return database
        .read(connection -> connection.preparedQuery(EXPIRED).execute(which))
        .map(deleted -> deleted.rowCount());
  }

  private void announce() {
    bus.publish(IpBanContract.IP_BANS_CHANGED, new IpBansChanged());
  }

  private static IpBan entry(Row row) {
    return new IpBan(
        row.getUUID("ban_id"),
        row.getString("ip_address"),
        row.getString("reason"),
        SqlTime.instant(row, "banned_at"),
        SqlTime.optionalInstant(row, "expires_at"),
        row.getUUID("banned_by"),
        row.getUUID("user_id"));
  }

  private static Cursor place(IpBan ban) {
    return new Cursor(ban.bannedAt(), ban.id());
  }
}
