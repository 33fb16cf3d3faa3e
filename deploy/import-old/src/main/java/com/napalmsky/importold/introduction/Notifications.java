package com.napalmsky.importold.introduction;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What people were told of newcomers: once for each, not once for each time he filmed himself. */
public final class Notifications implements Step {

  @Override
  public String name() {
    return "notifications";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("referral_notifications", "id")
        .columns("for_user_id", "referred_user_id", "introduced_by", "timestamp", "read");
  }

  @Override
  public String sql() {
    return "INSERT INTO introductions (introduction_id, target_id, newcomer_id, introduced_by,"
        + " introduced_at, notified_at, read_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
        + " ON CONFLICT (introduction_id) DO NOTHING";
  }

  @Override
  public Map<String, String> refusals() {
    return Map.of("introductions_once", "he was told of the same newcomer before");
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "for_user_id", "referred_user_id", "introduced_by");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    UUID id = row.uuid("id").orElse(null);
    UUID target = Words.known(row, "for_user_id", batch);
    UUID newcomer = Words.known(row, "referred_user_id", batch);
    if (id == null) {
      outcome.skip("the id is no uuid");
    } else if (target == null || newcomer == null || target.equals(newcomer)) {
      outcome.skip("it does not name two users who are here");
    } else {
      Instant at = row.instant("timestamp").orElse(batch.begun());
      outcome.write(
          id,
          target,
          newcomer,
          Words.known(row, "introduced_by", batch),
          time(at),
          time(at),
          row.flag("read").orElse(false) ? time(at) : null);
    }
  }
}
