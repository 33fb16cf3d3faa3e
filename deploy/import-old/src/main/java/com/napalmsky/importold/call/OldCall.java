package com.napalmsky.importold.call;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of the old history.
 *
 * @param user whose row it is
 * @param seconds how long they talked
 */
record OldCall(
    String sessionId, UUID user, UUID partner, UUID room, Instant startedAt, int seconds) {

  private static final int DAY_SECONDS = 86_400;

  /** All of the old history, with the name that each member has now. */
  static OldQuery query() {
    return OldQuery.of("chat_history", "session_id")
        .columns("user_id", "partner_id", "partner_name", "room_id", "started_at", "duration")
        .columns("messages")
        .join("LEFT JOIN users u ON u.user_id = t.user_id")
        .join("LEFT JOIN users p ON p.user_id = t.partner_id")
        .column("user_name_now", "u.name", "users.name")
        .column("partner_name_now", "p.name", "users.name")
        .example("user_id");
  }

  /** Reads a row; when that cannot be done, says why. */
  static Optional<OldCall> of(OldRow row, Outcome outcome) {
    UUID user = row.uuid("user_id").orElse(null);
    UUID partner = row.uuid("partner_id").orElse(null);
    Instant startedAt = row.instant("started_at").orElse(null);
    String sessionId = row.key().get(0);
    if (user == null || partner == null || user.equals(partner)) {
      outcome.skip("it does not name two people");
      return Optional.empty();
    }
    if (startedAt == null) {
      outcome.skip("it does not say when");
      return Optional.empty();
    }
    // Clients tell entries apart by the room, so each needs one.
    UUID room =
        row.uuid("room_id")
            .orElseGet(() -> UUID.nameUUIDFromBytes(sessionId.getBytes(StandardCharsets.UTF_8)));
    int seconds = row.whole("duration", 0, DAY_SECONDS).orElse(0L).intValue();
    return Optional.of(new OldCall(sessionId, user, partner, room, startedAt, seconds));
  }
}
