package com.napalmsky.importold.code;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who came in by which code, as his own row says. */
public final class CodeUses implements Step {

  /**
   * Values: code, user, time. A use that was not known is counted by the code, which more people
   * may have used than it allows.
   */
  static final String INSERT =
      "WITH used AS (INSERT INTO code_uses (code, user_id, used_at) VALUES (?, ?, ?)"
          + " ON CONFLICT (code, user_id) DO NOTHING RETURNING code)"
          + " UPDATE invite_codes i SET total_used = i.total_used + 1, uses_remaining ="
          + " CASE WHEN i.type = 'admin' THEN -1 ELSE greatest(i.uses_remaining - 1, 0) END"
          + " FROM used WHERE i.code = used.code";

  static final Map<String, String> REFUSALS =
      Map.of(
          "code_uses_code_fkey",
          "the code is in no table of the old database",
          "code_uses_user_id_fkey",
          Words.UNKNOWN_USER);

  @Override
  public String name() {
    return "code uses";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("users", "user_id")
        .columns("invite_code_used", "created_at")
        .where("t.invite_code_used IS NOT NULL", "users.invite_code_used");
  }

  @Override
  public String sql() {
    return INSERT;
  }

  @Override
  public Map<String, String> refusals() {
    return REFUSALS;
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "user_id");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    UUID user = Words.known(row, "user_id", batch);
    String code = CodeText.of(row, "invite_code_used").orElse(null);
    if (user == null) {
      outcome.skip(Words.UNKNOWN_USER);
    } else if (code == null) {
      outcome.skip(CodeText.MALFORMED);
    } else {
      // When it was used is not known; most use one when they sign up.
      outcome.write(code, user, time(row.instant("created_at").orElse(batch.begun())));
    }
  }
}
