package com.napalmsky.importold.moderation;

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

/** Who reported whom. */
public final class Reports implements Step {

  private static final int LONGEST_REASON = 1_000;

  @Override
  public String name() {
    return "reports";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("reports", "report_id")
        .columns("reported_user_id", "reporter_user_id", "reporter_ip", "reason", "room_id")
        .columns("timestamp");
  }

  @Override
  public String sql() {
    return "INSERT INTO reports (report_id, reported_user_id, reporter_user_id, reporter_ip, reason,"
        + " room_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (report_id) DO NOTHING";
  }

  @Override
  public Map<String, String> refusals() {
    return Map.of("reports_once_per_pair", "he has reported the same person before");
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "reported_user_id", "reporter_user_id");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    UUID id = row.uuid("report_id").orElse(null);
    UUID reported = Words.known(row, "reported_user_id", batch);
    UUID reporter = Words.known(row, "reporter_user_id", batch);
    if (id == null) {
      outcome.skip("the id is no uuid");
    } else if (reported == null || reporter == null || reported.equals(reporter)) {
      outcome.skip("it does not name two users who are here");
    } else {
      outcome.write(
          id,
          reported,
          reporter,
          row.word("reporter_ip").map(Words::host).orElse(null),
          Words.cut(row.word("reason").orElse(""), LONGEST_REASON),
          row.uuid("room_id").orElse(null),
          time(row.instant("timestamp").orElse(batch.begun())));
    }
  }
}
