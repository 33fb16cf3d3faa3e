package com.napalmsky.user.profile;

import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.Metrics;
import com.napalmsky.shared.contract.user.Metrics.PastSession;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Reads what a row of {@code users}, named {@code u}, says of a person. */
public final class PersonRow {

  /** The columns that {@link #person} needs. */
  public static final String COLUMNS = "u.user_id, u.name, u.gender, u.selfie_url, u.video_url";

  /** The columns that {@link #banStatus} needs. */
  public static final String BAN = "u.ban_status, u.banned_until";

  private PersonRow() {}

  /** In the place of the name of somebody whose account is gone. */
  public static final String NOBODY = "Deleted account";

  /**
   * The name of somebody who may have deleted his account.
   *
   * @param user the alias of a row of {@code users}, joined from the left
   */
  public static String nameOrGone(String user) {
    return "coalesce(" + user + ".name, '" + NOBODY + "')";
  }

  public static Person person(Row row) {
    return new Person(
        row.getUUID("user_id"),
        row.getString("name"),
        Gender.valueOf(word(row, "gender")),
        row.getString("selfie_url"),
        row.getString("video_url"));
  }

  /** Needs {@code u.paid_status}. */
  public static PaidStatus paidStatus(Row row) {
    return PaidStatus.valueOf(word(row, "paid_status"));
  }

  /** A temporary ban that ran out is none, whether or not that was written down. */
  public static BanStatus banStatus(Row row, Instant now) {
    Instant until = SqlTime.optionalInstant(row, "banned_until");
    BanStatus written = BanStatus.valueOf(word(row, "ban_status"));
    return until == null || until.isAfter(now) ? written : BanStatus.NONE;
  }

  /** Needs {@code u.account_type}. */
  public static boolean permanent(Row row) {
    return "permanent".equals(row.getString("account_type"));
  }

  /** Needs {@code u.timer_total_seconds, u.session_count, u.last_sessions}. */
  public static Metrics metrics(Row row) {
    List<PastSession> last =
        row.getJsonArray("last_sessions").stream()
            .map(JsonObject.class::cast)
            .map(
                entry ->
                    new PastSession(
                        Instant.ofEpochMilli(entry.getLong("at")), entry.getInteger("duration")))
            .toList();
    return new Metrics(row.getLong("timer_total_seconds"), row.getInteger("session_count"), last);
  }

  /** Past sessions as they are stored. */
  public static JsonArray json(List<PastSession> sessions) {
    JsonArray json = new JsonArray();
    sessions.forEach(
        past ->
            json.add(
                new JsonObject()
                    .put("at", past.at().toEpochMilli())
                    .put("duration", past.durationSeconds())));
    return json;
  }

  private static String word(Row row, String column) {
    return row.getString(column).toUpperCase(Locale.ROOT);
  }
}
