package com.napalmsky.importold.call;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;

/** Calls that counted towards the unlock: there one for each call, here one for each day. */
public final class Credits implements Step {

  private static final int DAY_SECONDS = 86_400;

  @Override
  public String name() {
    return "credits";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("session_completions", "user_id", "room_id")
        .columns("partner_id", "duration_seconds", "completed_at");
  }

  @Override
  public String sql() {
    return "INSERT INTO session_completions (user_id, partner_id, day, room_id, duration_seconds,"
        + " created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, partner_id, day) DO NOTHING";
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "user_id");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    UUID user = Words.known(row, "user_id", batch);
    UUID partner = row.uuid("partner_id").orElse(null);
    UUID room = row.uuid("room_id").orElse(null);
    Instant at = row.instant("completed_at").orElse(null);
    if (user == null) {
      outcome.skip(Words.UNKNOWN_USER);
    } else if (partner == null || room == null || partner.equals(user)) {
      outcome.skip("it does not name two people and a room");
    } else if (at == null) {
      outcome.skip("it does not say when");
    } else {
      outcome.write(
          user,
          partner,
          LocalDate.ofInstant(at, ZoneOffset.UTC),
          room,
          row.whole("duration_seconds", 0, DAY_SECONDS).orElse(0L).intValue(),
          time(at));
    }
  }
}
