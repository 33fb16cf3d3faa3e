package com.napalmsky.importold;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.TokenHash;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionsTest {

  @RegisterExtension final Stage stage = new Stage();

  private final UUID token = UUID.randomUUID();

  @Test
  void aTokenIsKeptAsItsHash() {
    UUID ada = stage.oldUser("Ada");
    session(ada, "ip_address", "203.0.113.9", "device_info", "Phone\u0007", "is_active", true);

    stage.run();

    assertThat(
            stage.row(
                "SELECT user_id, ip_address, device_info, state, created_at, expires_at,"
                    + " last_active_at, ended_at FROM sessions WHERE token_hash = ?",
                TokenHash.of(token.toString())))
        .containsExactly(
            ada.toString(),
            "203.0.113.9",
            "Phone",
            "active",
            "2026-01-05 10:00:00+00",
            "2026-01-12 10:00:00+00",
            "2026-01-09 10:00:00+00",
            null);
    assertThat(stage.dump()).doesNotContain(token.toString());
  }

  @Test
  void aDisplacedSessionStaysDisplaced() {
    session(stage.oldUser("Ada"), "is_active", false);

    stage.run();

    assertThat(stage.row("SELECT state, ended_at FROM sessions"))
        .containsExactly("displaced", "2026-01-09 10:00:00+00");
  }

  @Test
  void whatIsOverOrBelongsToNobodyStaysBehind() {
    session(stage.oldUser("Ada"), "expires_at", "2026-01-10 12:00:00");
    stage.insert(
        "sessions",
        "session_token",
        UUID.randomUUID(),
        "user_id",
        UUID.randomUUID(),
        "expires_at",
        "2026-02-01 00:00:00");

    Stage.Ran ran = stage.run();

    assertThat(ran.counts("sessions")).containsExactly(2L, 0L, 0L, 2L);
    assertThat(ran.out())
        .contains("1  expired")
        .contains("1  it belongs to a user who is not here");
  }

  @Test
  void aTokenThatCouldBeGuessedStaysBehind() {
    stage.old("ALTER TABLE sessions ALTER COLUMN session_token TYPE text");
    stage.insert(
        "sessions",
        "session_token",
        "letmein",
        "user_id",
        stage.oldUser("Ada"),
        "expires_at",
        "2026-02-01 00:00:00");

    assertThat(stage.run().counts("sessions")).containsExactly(1L, 0L, 0L, 1L);
  }

  @Test
  void noSessionOutlivesNinetyDays() {
    session(stage.oldUser("Ada"), "expires_at", "2199-01-01 00:00:00");

    stage.run();

    assertThat(stage.value("SELECT expires_at FROM sessions")).isEqualTo("2026-04-10 12:00:00+00");
  }

  @Test
  void sessionsCanBeLeftBehind() {
    session(stage.oldUser("Ada"));

    Stage.Ran ran = stage.run("--no-sessions");

    assertThat(stage.value("SELECT count(*) FROM sessions")).isEqualTo("0");
    assertThat(ran.out()).doesNotContain("sessions");
  }

  private void session(UUID user, Object... more) {
    Object[] usual = {
      "session_token", token,
      "user_id", user,
      "created_at", "2026-01-05 10:00:00",
      "expires_at", "2026-01-12 10:00:00",
      "last_active_at", "2026-01-09 10:00:00"
    };
    stage.insert("sessions", usual, more);
  }
}
