package com.napalmsky.importold.code;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldJson;
import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import io.vertx.core.json.JsonArray;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who used a code, as the code says; the old server wrote that when it made the code only. */
public final class ListedUses implements Step {

  @Override
  public String name() {
    return "code uses, listed";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("invite_codes", "code")
        .columns("used_by", "created_at", "created_by")
        .where("t.used_by IS NOT NULL AND t.used_by::text <> '[]'", "invite_codes.used_by")
        .example("created_by");
  }

  @Override
  public String sql() {
    return CodeUses.INSERT;
  }

  @Override
  public Map<String, String> refusals() {
    return CodeUses.REFUSALS;
  }

  @Override
  public Set<UUID> people(OldRow row) {
    Set<UUID> people = new LinkedHashSet<>();
    for (Object entry : OldJson.array(row.text("used_by")).orElseGet(JsonArray::new)) {
      if (entry instanceof String text) {
        OldRow.uuidOf(text).ifPresent(people::add);
      }
    }
    return people;
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    String code = CodeText.of(row, "code").orElse(null);
    if (code == null) {
      outcome.skip(CodeText.MALFORMED);
      return;
    }
    if (OldJson.array(row.text("used_by")).isEmpty()) {
      outcome.skip("the list of users cannot be read");
      return;
    }
    for (UUID user : people(row)) {
      if (batch.has(user)) {
        outcome.write(code, user, time(row.instant("created_at").orElse(batch.begun())));
      } else {
        outcome.skip(Words.UNKNOWN_USER);
      }
    }
  }
}
