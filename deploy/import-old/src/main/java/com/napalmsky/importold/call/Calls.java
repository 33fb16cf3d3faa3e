package com.napalmsky.importold.call;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.shared.contract.signaling.EndReason;
import java.util.Optional;

/** Who met whom and when, by which a report of the last days is judged. */
public final class Calls implements Step {

  @Override
  public String name() {
    return "calls";
  }

  @Override
  public OldQuery query() {
    return OldCall.query();
  }

  @Override
  public String sql() {
    return "INSERT INTO finished_calls (room_id, session_id, first_id, second_id, started_at,"
        + " ended_at, duration_seconds, reason, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        + " ON CONFLICT (room_id) DO NOTHING";
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    Optional<OldCall> read = OldCall.of(row, outcome);
    if (read.isEmpty()) {
      return;
    }
    OldCall call = read.get();
    outcome.write(
        call.room(),
        call.sessionId(),
        call.user(),
        call.partner(),
        time(call.startedAt()),
        time(call.startedAt().plusSeconds(call.seconds())),
        call.seconds(),
        // How it ended was not kept.
        EndReason.LEFT.wire(),
        time(batch.begun()));
  }
}
