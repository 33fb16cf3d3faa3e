package com.napalmsky.importold.introduction;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/**
 * Who came by somebody's link to meet somebody, as far as no notification has said so already: the
 * later releases of the old server made none. Nobody is told now of what was long ago; the target
 * sees it in his list, and hears of it when the newcomer films himself again.
 */
public final class Introductions implements Step {

  private static final int LONGEST_CODE = 50;

  @Override
  public String name() {
    return "introductions";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("users", "user_id")
        .columns("introduced_to", "introduced_by", "introduced_via_code", "created_at")
        .where("t.introduced_to IS NOT NULL", "users.introduced_to");
  }

  @Override
  public String sql() {
    return "INSERT INTO introductions (introduction_id, target_id, newcomer_id, introduced_by,"
        + " via_code, introduced_at) VALUES (?, ?, ?, ?, ?, ?)"
        + " ON CONFLICT (target_id, newcomer_id) DO NOTHING";
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "user_id", "introduced_to", "introduced_by");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    UUID newcomer = Words.known(row, "user_id", batch);
    UUID target = Words.known(row, "introduced_to", batch);
    if (newcomer == null) {
      outcome.skip(Words.UNKNOWN_USER);
    } else if (target == null || target.equals(newcomer)) {
      outcome.skip("whom he was introduced to is not here, or himself");
    } else {
      String pair = target + " " + newcomer;
      outcome.write(
          UUID.nameUUIDFromBytes(pair.getBytes(StandardCharsets.US_ASCII)),
          target,
          newcomer,
          Words.known(row, "introduced_by", batch),
          row.word("introduced_via_code").map(code -> Words.cut(code, LONGEST_CODE)).orElse(null),
          time(row.instant("created_at").orElse(batch.begun())));
    }
  }
}
