package com.napalmsky.importold.moderation;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldJson;
import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Bans and their review. The row of the user says what holds, because the old server wrote a
 * decision there and not into the record. Who is banned without a record gets one, so that somebody
 * can decide about him; and since every session of the old server could make a ban permanent, that
 * is to be confirmed before it is published.
 */
public final class Bans implements Step {

  private static final int LONGEST_REASON = 1_000;
  private static final int MOST_ADDRESSES = 50;
  private static final Set<String> STATUSES = Set.of("temporary", "permanent", "vindicated");
  private static final Set<String> REVIEWS =
      Set.of("pending", "reviewed_ban", "reviewed_vindicate");

  @Override
  public String name() {
    return "bans";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("users", "user_id")
        .columns("ban_status", "banned_at", "banned_reason", "updated_at")
        .join("LEFT JOIN ban_records b ON b.user_id = t.user_id")
        .column("recorded_user", "b.user_id", "ban_records.user_id")
        .column("recorded_at", "b.banned_at", "ban_records.banned_at")
        .column("recorded_reason", "b.banned_reason", "ban_records.banned_reason")
        .column("report_count", "b.report_count", "ban_records.report_count")
        .column("review", "b.review_status", "ban_records.review_status")
        .column("reviewed_at", "b.reviewed_at", "ban_records.reviewed_at")
        .column("reviewed_by", "b.reviewed_by", "ban_records.reviewed_by")
        .column("ip_addresses", "b.ip_addresses", "ban_records.ip_addresses")
        .where(
            "b.user_id IS NOT NULL OR t.ban_status IN ('temporary', 'permanent')",
            "ban_records.user_id",
            "users.ban_status");
  }

  // What the user's own row does not say of his ban is filled in, together with the record only.
  @Override
  public String sql() {
    return "WITH v AS (SELECT ?::uuid AS user_id, ?::text AS status, ?::timestamptz AS at,"
        + " ?::text AS reason, ?::integer AS reports, ?::text AS review,"
        + " ?::timestamptz AS reviewed_at, ?::uuid AS reviewed_by,"
        + " ?::timestamptz AS counted_since, ?::text AS addresses),"
        + " filled AS (UPDATE users u SET banned_at = coalesce(u.banned_at, v.at),"
        + " banned_reason = coalesce(u.banned_reason, v.reason), review_status = v.review FROM v"
        + " WHERE u.user_id = v.user_id AND u.ban_status IN ('temporary', 'permanent')"
        + " AND NOT EXISTS (SELECT 1 FROM ban_records r WHERE r.user_id = v.user_id))"
        + " INSERT INTO ban_records (user_id, ban_status, banned_at, banned_reason, report_count,"
        + " review_status, reviewed_at, reviewed_by, counted_since, ip_addresses)"
        + " SELECT user_id, status, at, reason, reports, review, reviewed_at, reviewed_by,"
        + " counted_since, coalesce(string_to_array(nullif(addresses, ''), ' '), '{}') FROM v"
        + " ON CONFLICT (user_id) DO NOTHING";
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "user_id", "reviewed_by");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    UUID user = Words.known(row, "user_id", batch);
    if (user == null) {
      outcome.skip(Words.UNKNOWN_USER);
      return;
    }
    if (row.uuid("recorded_user").isEmpty()) {
      outcome.changed("recorded now: only the user's row said that he is banned");
    }
    String status = row.word("ban_status").filter(STATUSES::contains).orElse("none");
    Instant at =
        row.instant("recorded_at")
            .or(() -> row.instant("banned_at"))
            .or(() -> row.instant("updated_at"))
            .orElse(batch.begun());
    String reason =
        row.word("recorded_reason").or(() -> row.word("banned_reason")).orElse("not recorded");
    Instant reviewedAt = row.instant("reviewed_at").orElse(null);
    boolean banned = status.equals("temporary") || status.equals("permanent");
    if (status.equals("permanent")) {
      outcome.changed("permanent, but not published before an admin has confirmed it");
    }
    outcome.write(
        user,
        status,
        time(at),
        Words.cut(reason, LONGEST_REASON),
        row.whole("report_count", 0, Integer.MAX_VALUE).orElse(0L).intValue(),
        status.equals("vindicated") ? "reviewed_vindicate" : banned ? "pending" : review(row),
        banned ? null : time(reviewedAt),
        banned ? null : Words.known(row, "reviewed_by", batch),
        // Else the reports that led to a ban which is over would bring the next one.
        banned ? null : time(reviewedAt == null ? batch.begun() : reviewedAt),
        addresses(row));
  }

  private static String review(OldRow row) {
    return row.word("review").filter(REVIEWS::contains).orElse("pending");
  }

  private static String addresses(OldRow row) {
    Set<String> addresses = new LinkedHashSet<>();
    for (Object entry : OldJson.array(row.text("ip_addresses")).orElseGet(JsonArray::new)) {
      if (entry instanceof String text && addresses.size() < MOST_ADDRESSES) {
        Addresses.publicHost(text).ifPresent(addresses::add);
      }
    }
    return String.join(" ", addresses);
  }
}
