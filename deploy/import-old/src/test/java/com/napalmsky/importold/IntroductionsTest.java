package com.napalmsky.importold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IntroductionsTest {

  private static final String STORED =
      "SELECT introduced_by, via_code, introduced_at, notified_at, read_at FROM introductions"
          + " WHERE target_id = ? AND newcomer_id = ?";

  @RegisterExtension final Stage stage = new Stage();

  private final UUID target = stage.oldUser("Target");
  private final UUID introducer = stage.oldUser("Introducer");

  @Test
  void anIntroductionThatNobodyWasToldOfIsThereAndStillNobodyIs() {
    UUID newcomer =
        stage.oldUser(
            "New",
            "introduced_to",
            target,
            "introduced_by",
            introducer,
            "introduced_via_code",
            "ABCDE12345");

    stage.run();

    assertThat(stage.row(STORED, target, newcomer))
        .containsExactly(introducer.toString(), "ABCDE12345", "2025-10-10 08:00:00+00", null, null);
  }

  @Test
  void anIntroductionNamesWhoIsThere() {
    UUID halfKnown =
        stage.oldUser("Half", "introduced_to", target, "introduced_by", UUID.randomUUID());
    stage.oldUser("Lost", "introduced_to", UUID.randomUUID());

    Stage.Ran ran = stage.run();

    assertThat(stage.row(STORED, target, halfKnown)).startsWith((String) null);
    assertThat(ran.counts("introductions")).containsExactly(2L, 1L, 0L, 1L);
  }

  @Test
  void aNewcomerIsToldOfOnceAndNotAgain() {
    UUID newcomer = stage.oldUser("New", "introduced_to", target, "introduced_by", introducer);
    UUID unread = stage.oldUser("Unread");
    for (int i = 0; i < 3; i++) {
      notification(newcomer, true);
    }
    notification(unread, false);
    notification(target, false);

    Stage.Ran ran = stage.run();

    assertThat(stage.row(STORED, target, newcomer))
        .containsExactly(
            introducer.toString(),
            null,
            "2025-12-01 20:00:00+00",
            "2025-12-01 20:00:00+00",
            "2025-12-01 20:00:00+00");
    assertThat(stage.row(STORED, target, unread)).endsWith((String) null);
    assertThat(ran.counts("notifications")).containsExactly(5L, 2L, 0L, 3L);
    assertThat(ran.counts("introductions")).containsExactly(1L, 0L, 1L, 0L);
    assertThat(stage.rows("SELECT count(*) FROM introductions")).containsExactly(List.of("2"));
  }

  private void notification(UUID newcomer, boolean read) {
    stage.insert(
        "referral_notifications",
        "id",
        UUID.randomUUID(),
        "for_user_id",
        target,
        "referred_user_id",
        newcomer,
        "referred_name",
        "New",
        "introduced_by",
        introducer,
        "introduced_by_name",
        "Introducer",
        "timestamp",
        "2025-12-01 20:00:00",
        "read",
        read);
  }
}
