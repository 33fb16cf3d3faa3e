package com.napalmsky.importold.people;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldJson;
import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import com.napalmsky.user.profile.Socials;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Accounts. One is kept whenever it has an id: what our schema would refuse is mended and counted.
 */
public final class Users implements Step {

  private static final int LONGEST_TEXT = 1_000;
  private static final int LAST_SESSIONS = 10;
  private static final long LAST_MILLIS = 253_402_300_799_999L;
  private static final Set<String> GENDERS = Set.of("female", "male", "nonbinary", "unspecified");
  private static final Set<String> BANS = Set.of("none", "temporary", "permanent", "vindicated");
  private static final Set<String> REVIEWS =
      Set.of("pending", "reviewed_ban", "reviewed_vindicate");

  // Of accounts whose addresses differ in case only, the oldest that can log in at all has it: the
  // old server checked nobody's address, so the later one may be anybody's.
  private static final String EMAIL_RANKS =
      "LEFT JOIN (SELECT user_id, row_number() OVER (PARTITION BY lower(btrim(email)) ORDER BY"
          + " (password_hash LIKE '$2%') DESC NULLS LAST, created_at NULLS LAST, user_id) AS rank"
          + " FROM users WHERE email IS NOT NULL) e ON e.user_id = t.user_id";

  private final MediaUrls media;

  /**
   * @param keepMediaUrls keep every absolute http(s) address
   */
  public Users(boolean keepMediaUrls) {
    this.media = new MediaUrls(keepMediaUrls);
  }

  @Override
  public String name() {
    return "users";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("users", "user_id")
        .columns("name", "gender", "email", "password_hash", "selfie_url", "video_url", "socials")
        .columns("timer_total_seconds", "session_count", "last_sessions", "streak_days")
        .columns("paid_status", "paid_at", "payment_id", "invite_code_used")
        .columns("qr_unlocked", "qr_unlocked_at", "successful_sessions")
        .columns("ban_status", "banned_at", "banned_reason", "review_status")
        .columns("created_at", "updated_at")
        .join(EMAIL_RANKS)
        .column("email_rank", "e.rank", "users.email", "users.created_at");
  }

  @Override
  public String sql() {
    return "WITH brought AS (INSERT INTO imported_users (user_id) VALUES (?) ON CONFLICT DO NOTHING)"
        + " INSERT INTO users (user_id, name, gender, email, password_hash, selfie_url, video_url,"
        + " socials, timer_total_seconds, session_count, last_sessions, streak_days, paid_status,"
        + " paid_at, payment_id, invite_code_used, qr_unlocked, qr_unlocked_at,"
        + " successful_sessions, ban_status, banned_at, banned_reason, review_status, created_at,"
        + " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?,"
        + " ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_id) DO NOTHING";
  }

  @Override
  public Map<String, String> refusals() {
    return Map.of(
        "users_email_key", "another account here took the e-mail at this moment: run again");
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "user_id");
  }

  @Override
  public Optional<String> address(OldRow row) {
    return Login.address(row);
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    UUID id = row.uuid("user_id").orElse(null);
    if (id == null) {
      outcome.skip("the id is no uuid");
      return;
    }
    if (batch.deleted().contains(id)) {
      outcome.skip("deleted here since an earlier import");
      return;
    }
    Instant updated = row.instant("updated_at").orElse(null);
    Instant created = row.instant("created_at").orElse(updated == null ? batch.begun() : updated);
    Login login = Login.of(row, id, batch, outcome);
    Access access = Access.of(row, created, outcome);
    outcome.write(
        id,
        id,
        name(row, outcome),
        word(row, "gender", GENDERS, "unspecified", outcome),
        login.email(),
        login.hash(),
        media(row, "selfie_url", outcome),
        media(row, "video_url", outcome),
        socials(row, outcome),
        row.whole("timer_total_seconds", 0, Integer.MAX_VALUE).orElse(0L),
        row.whole("session_count", 0, Integer.MAX_VALUE).orElse(0L).intValue(),
        lastSessions(row),
        row.whole("streak_days", 0, Integer.MAX_VALUE).map(Long::intValue).orElse(null),
        access.paidStatus(),
        time(access.paidAt()),
        row.word("payment_id").orElse(null),
        row.word("invite_code_used").orElse(null),
        access.unlockedAt() != null,
        time(access.unlockedAt()),
        row.whole("successful_sessions", 0, Integer.MAX_VALUE).orElse(0L).intValue(),
        word(row, "ban_status", BANS, "none", outcome),
        time(row.instant("banned_at").orElse(null)),
        row.word("banned_reason").map(text -> Words.cut(text, LONGEST_TEXT)).orElse(null),
        row.word("review_status").filter(REVIEWS::contains).orElse(null),
        time(created),
        time(updated == null ? created : updated));
  }

  private static String name(OldRow row, Outcome outcome) {
    String name = row.word("name").orElse(null);
    if (name == null) {
      outcome.changed("the name was blank: '" + Words.NAMELESS + "' now");
      return Words.NAMELESS;
    }
    String cut = Words.cut(name, Words.LONGEST_NAME);
    if (!cut.equals(name)) {
      outcome.changed("the name was cut to " + Words.LONGEST_NAME + " characters");
    }
    return cut;
  }

  private static String word(
      OldRow row, String column, Set<String> known, String byDefault, Outcome outcome) {
    String word = row.word(column).orElse(byDefault);
    if (known.contains(word)) {
      return word;
    }
    outcome.changed(column + " was no known word: '" + byDefault + "' now");
    return byDefault;
  }

  private @Nullable String media(OldRow row, String column, Outcome outcome) {
    String url = row.word(column).orElse(null);
    if (url == null) {
      return null;
    }
    String kept = media.kept(url).orElse(null);
    if (kept == null) {
      outcome.changed(column + " dropped: it is on no store that outlives the old server");
    }
    return kept;
  }

  private static String socials(OldRow row, Outcome outcome) {
    Map<String, String> offered = new HashMap<>();
    OldJson.object(row.text("socials"))
        .ifPresent(
            socials ->
                socials.forEach(
                    entry -> {
                      if (entry.getValue() instanceof String value) {
                        offered.put(entry.getKey(), OldJson.storable(value));
                      } else {
                        offered.put(entry.getKey(), "");
                      }
                    }));
    Map<String, String> kept = Socials.keep(offered);
    if (kept.size() < offered.size()) {
      outcome.changed("socials of unknown kind, or that are no short text, dropped");
    }
    JsonObject json = new JsonObject();
    kept.forEach(json::put);
    return json.encode();
  }

  private static String lastSessions(OldRow row) {
    JsonArray kept = new JsonArray();
    JsonArray old = OldJson.array(row.text("last_sessions")).orElseGet(JsonArray::new);
    for (int i = 0; i < old.size(); i++) {
      if (old.getValue(i) instanceof JsonObject entry
          && entry.getValue("at") instanceof Number at
          && entry.getValue("duration") instanceof Number duration
          && at.longValue() > 0
          && at.longValue() <= LAST_MILLIS
          && duration.longValue() >= 0
          && duration.longValue() <= Integer.MAX_VALUE) {
        kept.add(new JsonObject().put("at", at.longValue()).put("duration", duration.intValue()));
      }
    }
    while (kept.size() > LAST_SESSIONS) {
      kept.remove(0);
    }
    return kept.encode();
  }
}
