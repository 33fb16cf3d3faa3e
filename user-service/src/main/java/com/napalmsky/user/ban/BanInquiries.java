package com.napalmsky.user.ban;

import com.napalmsky.shared.contract.user.BanContract.Appeal;
import com.napalmsky.shared.contract.user.BanContract.AppealOutcome;
import com.napalmsky.shared.contract.user.BanContract.Appealed;
import com.napalmsky.shared.contract.user.BanContract.BanChecked;
import com.napalmsky.shared.contract.user.BanContract.Blacklist;
import com.napalmsky.shared.contract.user.BanContract.BlacklistEntry;
import com.napalmsky.shared.contract.user.BanContract.CheckBan;
import com.napalmsky.shared.contract.user.BanContract.ListBlacklist;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Page;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people who are no admins may learn and say of bans. Safe from any context. */
public final class BanInquiries {

  /** The setting that shows pictures on the public list. */
  public static final String SHOWS_MEDIA = "BLACKLIST_SHOWS_MEDIA";

  private static final String CHECK =
      "SELECT "
          + BanRows.COLUMNS
          + " FROM users u LEFT JOIN ban_records b USING (user_id) WHERE u.user_id = $1";
  private static final String APPEAL =
      "UPDATE ban_records b SET appeal = $2, appealed_at = $3 FROM users u"
          + " WHERE b.user_id = $1 AND u.user_id = $1 AND b.appeal IS NULL AND "
          + BanRows.inForce("$3");
  private static final String BLACKLIST =
      "SELECT "
          + BanRows.COLUMNS
          + " FROM ban_records b JOIN users u USING (user_id)"
          + " WHERE b.review_status = 'reviewed_ban' AND u.ban_status = 'permanent'"
          + " AND (b.banned_at, b.user_id) < ($1, $2)"
          + " ORDER BY b.banned_at DESC, b.user_id DESC LIMIT $3";

  private record Listed(UUID userId, @Nullable Instant reviewedAt, BlacklistEntry entry) {}

  private final Database database;
  private final Timers timers;
  private final boolean showsMedia;

  /**
   * @param showsMedia whether the public list has pictures and videos
   */
  public BanInquiries(Database database, Timers timers, boolean showsMedia) {
    this.database = database;
    this.timers = timers;
    this.showsMedia = showsMedia;
  }

  /** What holds of a user, for himself. */
  public Future<BanChecked> check(CheckBan request) {
    return database
        .read(connection -> connection.preparedQuery(CHECK).execute(Tuple.of(request.userId())))
        .map(
            rows ->
                Rows.first(rows).map(this::checked).orElseGet(() -> new BanChecked(null, null)));
  }

  private BanChecked checked(Row row) {
    Instant now = timers.now();
    return new BanChecked(PersonRow.banStatus(row, now), BanRows.optionalRecord(row, now));
  }

  /** Takes what a banned user says to his ban, once. */
  public Future<Appealed> appeal(Appeal request) {
    Tuple appeal = Tuple.of(request.userId(), request.text(), SqlTime.of(timers.now()));
    return database
        .read(connection -> connection.preparedQuery(APPEAL).execute(appeal))
        .compose(
            rows ->
                rows.rowCount() == 1
                    ? Future.succeededFuture(new Appealed(AppealOutcome.APPEALED))
                    : whyNot(request.userId()));
  }

  private Future<Appealed> whyNot(UUID userId) {
    return check(new CheckBan(userId))
        .map(
            checked ->
                new Appealed(
                    checked.record() != null && checked.record().status().banned()
                        ? AppealOutcome.ALREADY_APPEALED
                        : AppealOutcome.NOT_BANNED));
  }

  /** Permanent bans that an admin has confirmed. */
  public Future<Blacklist> blacklist(ListBlacklist request) {
    int limit = Page.limit(request.limit());
    Cursor before = request.before();
    Tuple which = Tuple.of(Page.instant(before), Page.id(before), limit + 1);
    return database
        .read(connection -> connection.preparedQuery(BLACKLIST).execute(which))
        .map(rows -> Page.of(Rows.all(rows, this::listed), limit, BanInquiries::place))
        .map(
            page ->
                new Blacklist(
                    page.entries().stream().map(Listed::entry).toList(),
                    newest(page.entries()),
                    page.next()));
  }

  private Listed listed(Row row) {
    Person person = PersonRow.person(row);
    return new Listed(
        person.userId(),
        SqlTime.optionalInstant(row, "reviewed_at"),
        new BlacklistEntry(
            person.name(),
            showsMedia ? person.selfieUrl() : null,
            showsMedia ? person.videoUrl() : null,
            SqlTime.instant(row, "banned_at"),
            row.getString("banned_reason"),
            row.getInteger("report_count")));
  }

  private static Cursor place(Listed listed) {
    return new Cursor(listed.entry().bannedAt(), listed.userId());
  }

  private static @Nullable Instant newest(List<Listed> listed) {
    return listed.stream()
        .map(Listed::reviewedAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }
}
