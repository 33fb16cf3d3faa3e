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

/**
 * The partner's row of each call, made from the one that was kept: the old table had room for one
 * of the two. After all rows that were kept, which count more.
 */
public final class PartnerHistory implements Step {

  @Override
  public String name() {
    return "history, rebuilt";
  }

  @Override
  public OldQuery query() {
    return OldCall.query();
  }

  @Override
  public String sql() {
    return History.INSERT;
  }

  @Override
  public Map<String, String> refusals() {
    return Map.of(History.ROOM_ONCE, "the partner has a row of his own for the call");
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
    if (!batch.has(call.partner())) {
      outcome.skip("the partner is not here");
      return;
    }
    String name =
        batch.deleted().contains(call.user())
            ? PersonRow.NOBODY
            : Words.cut(row.word("user_name_now").orElse(Words.NAMELESS), Words.LONGEST_NAME);
    outcome.write(
        call.sessionId(),
        call.partner(),
        call.user(),
        name,
        call.room(),
        time(call.startedAt()),
        call.seconds(),
        OldMessages.of(row, call, outcome));
  }
}
