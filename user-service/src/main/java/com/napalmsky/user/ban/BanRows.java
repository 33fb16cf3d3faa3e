package com.napalmsky.user.ban;

import com.napalmsky.shared.contract.user.BanContract.BanRecord;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what rows of {@code users}, named {@code u}, and {@code ban_records}, {@code b}, say. */
public final class BanRows {

  /** The columns that {@link #record} needs. */
  public static final String COLUMNS =
      PersonRow.COLUMNS
          + ", "
          + PersonRow.BAN
          + ", b.banned_at, b.banned_reason, b.report_count, b.review_status, b.reviewed_at,"
          + " b.reviewed_by, b.review_reason, b.appeal, b.appealed_at, b.ip_addresses";

  private BanRows() {}

  /**
   * The condition of a ban that somebody has to decide on: it is in force, and nobody has, or the
   * banned user has appealed since.
   *
   * @param now the name of the parameter that holds the present
   */
  public static String open(String now) {
    return inForce(now) + " AND (b.review_status = 'pending' OR b.appealed_at > b.reviewed_at)";
  }

  /**
   * The condition that there is a ban of somebody which is {@link #open}.
   *
   * @param user what stands for his id
   * @param now the name of the parameter that holds the present
   */
  public static String openFor(String user, String now) {
    return "EXISTS (SELECT FROM ban_records b JOIN users u USING (user_id) WHERE b.user_id = "
        + user
        + " AND "
        + open(now)
        + ")";
  }

  /**
   * The condition of a ban in force.
   *
   * @param now the name of the parameter that holds the present
   */
  public static String inForce(String now) {
    return "u.ban_status IN ('temporary', 'permanent')"
        + " AND (u.banned_until IS NULL OR u.banned_until > "
        + now
        + ")";
  }

  /** A ban; of a user who was banned once. */
  public static BanRecord record(Row row, Instant now) {
    BanStatus status = PersonRow.banStatus(row, now);
    return new BanRecord(
        PersonRow.person(row),
        status,
        SqlTime.instant(row, "banned_at"),
        row.getString("banned_reason"),
        status.banned() ? SqlTime.optionalInstant(row, "banned_until") : null,
        row.getInteger("report_count"),
        ReviewStatus.valueOf(row.getString("review_status").toUpperCase(Locale.ROOT)),
        SqlTime.optionalInstant(row, "reviewed_at"),
        row.getUUID("reviewed_by"),
        row.getString("review_reason"),
        row.getString("appeal"),
        SqlTime.optionalInstant(row, "appealed_at"),
        texts(row.getArrayOfStrings("ip_addresses")));
  }

  /** A ban, or null when the user was never banned. */
  static @Nullable BanRecord optionalRecord(Row row, Instant now) {
    return row.getValue("banned_at") == null ? null : record(row, now);
  }

  private static List<String> texts(String @Nullable [] stored) {
    return stored == null ? List.of() : Arrays.asList(stored);
  }
}
