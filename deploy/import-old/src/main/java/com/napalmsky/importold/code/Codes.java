package com.napalmsky.importold.code;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import com.napalmsky.user.code.AccessCodes;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Access codes, unused at first; who used them is counted by the steps after this one, because the
 * old server never wrote its count down.
 */
public final class Codes implements Step {

  static final String ONE_PER_USER = "invite_codes_one_per_user";

  /**
   * Values: code, maker or null, label or null, time, type, uses, uses left, when it was
   * deactivated or null. A maker's code that he has not unlocked is inactive until he does.
   */
  static final String INSERT =
      "INSERT INTO invite_codes (code, created_by, created_by_name, created_at, type, max_uses,"
          + " uses_remaining, deactivated_at, is_active) SELECT v.*, v.deactivated IS NULL"
          + " AND (v.type = 'admin' OR coalesce(u.qr_unlocked, true))"
          + " FROM (SELECT ?::text AS code, ?::uuid AS maker, ?::text AS label, ?::timestamptz AS at,"
          + " ?::text AS type, ?::integer AS uses, ?::integer AS remaining,"
          + " ?::timestamptz AS deactivated) v"
          + " LEFT JOIN users u ON u.user_id = v.maker ON CONFLICT (code) DO NOTHING";

  private static final int MOST_USES = 1_000;

  // Each repeated announcement of a payment made its payer one more code.
  private static final String RANKS =
      "LEFT JOIN (SELECT code, row_number() OVER (PARTITION BY created_by ORDER BY created_at DESC"
          + " NULLS LAST, code) AS rank FROM invite_codes WHERE type <> 'admin') r"
          + " ON r.code = t.code LEFT JOIN users u ON u.user_id = t.created_by";

  @Override
  public String name() {
    return "access codes";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("invite_codes", "code")
        .columns("created_by", "created_by_name", "created_at", "type", "max_uses")
        .columns("uses_remaining", "is_active")
        .join(RANKS)
        .column("rank", "r.rank", "invite_codes.created_at")
        .column("own", "u.my_invite_code", "users.my_invite_code")
        .example("created_by");
  }

  @Override
  public String sql() {
    return INSERT;
  }

  @Override
  public Map<String, String> refusals() {
    return Map.of(ONE_PER_USER, "its maker has another code of his own here");
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "created_by");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    String code = CodeText.of(row, "code").orElse(null);
    if (code == null) {
      outcome.skip(CodeText.MALFORMED);
      return;
    }
    UUID maker = Words.known(row, "created_by", batch);
    boolean active = row.flag("is_active").orElse(true);
    Instant at = row.instant("created_at").orElse(batch.begun());
    if (row.word("type").filter("admin"::equals).isPresent()) {
      if (active) {
        outcome.changed("work without a limit, and every session of the old server could make one");
      }
      String label =
          row.word("created_by_name")
              .map(name -> Words.cut(name, Words.LONGEST_NAME))
              .orElse(Words.NAMELESS);
      outcome.write(
          code, maker, label, time(at), "admin", -1, -1, active ? null : time(batch.begun()));
      return;
    }
    boolean extra = maker != null && !isOwn(row, code);
    if (extra) {
      outcome.changed("deactivated, of nobody: its maker has another one");
    }
    int uses =
        row.whole("max_uses", 1, MOST_USES)
            .map(Long::intValue)
            .orElse(AccessCodes.USES_OF_A_USERS_CODE);
    boolean usedUp = row.whole("uses_remaining", 0, uses).orElse(0L) == 0;
    outcome.write(
        code,
        extra ? null : maker,
        null,
        time(at),
        "user",
        uses,
        usedUp ? 0 : uses,
        active && !extra ? null : time(batch.begun()));
  }

  /** The code that its maker is shown, or the newest when he is shown none. */
  private static boolean isOwn(OldRow row, String code) {
    return row.word("own")
        .map(shown -> CodeText.of(shown).filter(code::equals).isPresent())
        .orElseGet(() -> row.whole("rank", 1, Integer.MAX_VALUE).orElse(1L) == 1);
  }
}
