package com.napalmsky.importold.people;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import java.util.Set;
import java.util.UUID;

/**
 * How much people have talked. The old server counted in memory only, so its rows say nothing;
 * their history, which is here by now, does.
 */
public final class Metrics implements Step {

  @Override
  public String name() {
    return "talk metrics";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("users", "user_id")
        .where(
            "t.user_id IN (SELECT user_id FROM chat_history UNION SELECT partner_id FROM chat_history)",
            "chat_history.user_id",
            "chat_history.partner_id");
  }

  @Override
  public String sql() {
    return "UPDATE users u SET timer_total_seconds = greatest(u.timer_total_seconds, h.seconds),"
        + " session_count = h.calls, last_sessions = h.last"
        + " FROM (SELECT count(*) AS calls, coalesce(sum(duration), 0) AS seconds, (SELECT"
        + " coalesce(jsonb_agg(jsonb_build_object('at', l.at, 'duration', l.duration)"
        + " ORDER BY l.at), '[]') FROM (SELECT duration, floor(extract(epoch FROM started_at)"
        + " * 1000)::bigint + duration::bigint * 1000 AS at FROM chat_history WHERE user_id = ?"
        + " ORDER BY started_at DESC, session_id LIMIT 10) l) AS last"
        + " FROM chat_history WHERE user_id = ?) h"
        + " WHERE u.user_id = ? AND u.session_count < h.calls";
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "user_id");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    UUID user = Words.known(row, "user_id", batch);
    if (user == null) {
      outcome.skip(Words.UNKNOWN_USER);
    } else {
      outcome.write(user, user, user);
    }
  }
}
