package com.napalmsky.importold.call;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import com.napalmsky.user.profile.PersonRow;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The history, row by row. */
public final class History implements Step {

  /** Values: session, user, partner, his name, room, start, seconds, messages. */
  static final String INSERT =
      "INSERT INTO chat_history (session_id, user_id, partner_id, partner_name, room_id, started_at,"
          + " duration, messages) VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)"
          + " ON CONFLICT (session_id, user_id) DO NOTHING";

  static final String ROOM_ONCE = "chat_history_room_once";

  @Override
  public String name() {
    return "history";
  }

  @Override
  public OldQuery query() {
    return OldCall.query();
  }

  @Override
  public String sql() {
    return INSERT;
  }

  @Override
  public Map<String, String> refusals() {
    return Map.of(ROOM_ONCE, "its owner has another row of the same call");
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "user_id", "partner_id");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    Optional<OldCall> read = OldCall.of(row, outcome);
    if (read.isEmpty()) {
      return;
    }
    OldCall call = read.get();
    if (!batch.has(call.user())) {
      outcome.skip(Words.UNKNOWN_USER);
      return;
    }
    outcome.write(
        call.sessionId(),
        call.user(),
        call.partner(),
        partnerName(row, call, batch),
        call.room(),
        time(call.startedAt()),
        call.seconds(),
        OldMessages.of(row, call, outcome));
  }

  private static String partnerName(OldRow row, OldCall call, Batch batch) {
    if (batch.deleted().contains(call.partner())) {
      return PersonRow.NOBODY;
    }
    String name =
        row.word("partner_name").or(() -> row.word("partner_name_now")).orElse(Words.NAMELESS);
    return Words.cut(name, Words.LONGEST_NAME);
  }
}
