package com.napalmsky.importold.people;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import com.napalmsky.shared.contract.user.TokenHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Sessions, so that clients stay logged in and guests keep their accounts: a token is whatever text
 * the client holds, and here its hash is kept.
 */
public final class Sessions implements Step {

  private static final int LONGEST_DEVICE = 200;
  private static final Duration LONGEST = Duration.ofDays(90);

  @Override
  public String name() {
    return "sessions";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("sessions", "session_token")
        .columns("user_id", "ip_address", "device_info", "is_active")
        .columns("created_at", "expires_at", "last_active_at")
        .example("user_id");
  }

  @Override
  public String sql() {
    return "INSERT INTO sessions (token_hash, session_id, user_id, ip_address, device_info, state,"
        + " created_at, expires_at, last_active_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        + " ON CONFLICT (token_hash) DO NOTHING";
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "user_id");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    UUID user = Words.known(row, "user_id", batch);
    String token = row.text("session_token");
    Instant expires = row.instant("expires_at").orElse(Instant.MIN);
    if (user == null) {
      outcome.skip(Words.UNKNOWN_USER);
    } else if (token == null || OldRow.uuidOf(token).isEmpty()) {
      outcome.skip("the token is no uuid, so it could be guessed");
    } else if (!expires.isAfter(batch.begun())) {
      outcome.skip("expired");
    } else {
      write(row, token, user, expires, batch.begun(), outcome);
    }
  }

  private static void write(
      OldRow row, String token, UUID user, Instant expires, Instant begun, Outcome outcome) {
    String hash = TokenHash.of(token);
    Instant created = row.instant("created_at").orElse(begun);
    Instant lastActive = row.instant("last_active_at").orElse(created);
    Instant latest = begun.plus(LONGEST);
    boolean active = row.flag("is_active").orElse(true);
    outcome.write(
        hash,
        UUID.nameUUIDFromBytes(hash.getBytes(StandardCharsets.US_ASCII)),
        user,
        row.word("ip_address").map(Words::host).orElse(null),
        row.word("device_info")
            .map(text -> Words.cut(text.replaceAll("\\p{Cntrl}", ""), LONGEST_DEVICE))
            .orElse(null),
        active ? "active" : "displaced",
        time(created),
        time(expires.isAfter(latest) ? latest : expires),
        time(lastActive),
        active ? null : time(lastActive));
  }
}
