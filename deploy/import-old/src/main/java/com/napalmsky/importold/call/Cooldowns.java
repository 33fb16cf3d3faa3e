package com.napalmsky.importold.call;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import com.napalmsky.user.cooldown.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Pairs that wait; of what is there and what is here the later end holds. */
public final class Cooldowns implements Step {

  // The longest was a day; another one is left for a zone that was told wrong.
  private static final Duration LONGEST = Duration.ofDays(2);

  @Override
  public String name() {
    return "cooldowns";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("cooldowns", "user_id_1", "user_id_2").columns("expires_at", "created_at");
  }

  // Why they wait was not kept; most waited after a call.
  @Override
  public String sql() {
    return "INSERT INTO cooldowns AS c (user_id_1, user_id_2, expires_at, reason, set_at)"
        + " VALUES (?, ?, ?, 'call_ended', ?) ON CONFLICT (user_id_1, user_id_2) DO UPDATE SET"
        + " expires_at = excluded.expires_at, reason = excluded.reason, set_at = excluded.set_at"
        + " WHERE excluded.expires_at > c.expires_at";
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "user_id_1", "user_id_2");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    UUID one = Words.known(row, "user_id_1", batch);
    UUID other = Words.known(row, "user_id_2", batch);
    Instant until = row.instant("expires_at").orElse(null);
    if (one == null || other == null || one.equals(other)) {
      outcome.skip("it does not name two users who are here");
    } else if (until == null || until.isAfter(batch.begun().plus(LONGEST))) {
      outcome.skip("its end is later than the end of any cooldown");
    } else if (!until.isAfter(batch.begun())) {
      outcome.skip("over");
    } else {
      Pair pair = Pair.of(one, other);
      outcome.write(
          pair.lower(),
          pair.upper(),
          time(until),
          time(row.instant("created_at").orElse(batch.begun())));
    }
  }
}
