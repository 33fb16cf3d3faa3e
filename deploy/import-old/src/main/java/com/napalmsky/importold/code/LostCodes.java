package com.napalmsky.importold.code;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import com.napalmsky.user.code.AccessCodes;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Codes that stand in the rows of their makers only: the old server stored the code of a newcomer
 * before the newcomer, which its database refused.
 */
public final class LostCodes implements Step {

  @Override
  public String name() {
    return "access codes, lost";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("users", "user_id")
        .columns("my_invite_code", "created_at")
        .where(
            "t.my_invite_code IS NOT NULL AND NOT EXISTS (SELECT 1 FROM invite_codes c"
                + " WHERE c.code = t.my_invite_code)",
            "users.my_invite_code",
            "invite_codes.code");
  }

  @Override
  public String sql() {
    return Codes.INSERT;
  }

  @Override
  public Map<String, String> refusals() {
    return Map.of(Codes.ONE_PER_USER, "its maker has another code of his own here");
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "user_id");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    UUID maker = Words.known(row, "user_id", batch);
    String code = CodeText.of(row, "my_invite_code").orElse(null);
    if (maker == null) {
      outcome.skip(Words.UNKNOWN_USER);
    } else if (code == null) {
      outcome.skip(CodeText.MALFORMED);
    } else {
      outcome.write(
          code,
          maker,
          null,
          time(row.instant("created_at").orElse(batch.begun())),
          "user",
          AccessCodes.USES_OF_A_USERS_CODE,
          AccessCodes.USES_OF_A_USERS_CODE,
          null);
    }
  }
}
