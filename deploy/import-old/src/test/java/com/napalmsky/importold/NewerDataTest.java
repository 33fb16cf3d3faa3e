package com.napalmsky.importold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NewerDataTest {

  private static final String HASH = "$2b$12$abcdefghijklmnopqrstuuFDJRuYeKkCzo3Wy7h8SxhBSHBAHiPK2";
  private static final String NEW_USER =
      "INSERT INTO users (user_id, name, gender, email, password_hash, created_at, updated_at)"
          + " VALUES (?, 'New', 'female', ?, 'x', now(), now())";

  @RegisterExtension final Stage stage = new Stage();

  @Test
  void whatPeopleChangedHereStaysAsItIs() {
    UUID ada = stage.oldUser("Ada", "email", "ada@example.org", "password_hash", HASH);
    UUID eve = stage.oldUser("Eve", "introduced_to", ada);
    stage.insert(
        "cooldowns", "user_id_1", ada, "user_id_2", eve, "expires_at", "2026-01-11 06:00:00");
    stage.run();
    stage.ours(
        "UPDATE users SET name = 'Ada L.', email = 'ada@new.example', socials = '{\"tiktok\":"
            + " \"a\"}', ban_status = 'permanent', session_count = 9 WHERE user_id = ?",
        ada);
    stage.ours("UPDATE introductions SET removed_at = now(), introduced_by = NULL");
    stage.ours("UPDATE cooldowns SET expires_at = '2026-01-12 00:00:00+00', reason = 'declined'");
    String before = stage.dumpWithWriters();

    stage.run();

    assertThat(stage.dumpWithWriters()).isEqualTo(before);
  }

  @Test
  void aCooldownThatEndsLaterThereIsProlonged() {
    UUID ada = stage.oldUser("Ada");
    UUID eve = stage.oldUser("Eve");
    stage.insert(
        "cooldowns", "user_id_1", ada, "user_id_2", eve, "expires_at", "2026-01-11 06:00:00");
    stage.run();
    stage.ours("UPDATE cooldowns SET expires_at = '2026-01-11 00:00:00+00'");

    stage.run();

    assertThat(stage.value("SELECT expires_at FROM cooldowns")).isEqualTo("2026-01-11 06:00:00+00");
  }

  @Test
  void whoDeletedHisAccountHereIsNotBroughtBack() {
    UUID ada = stage.oldUser("Ada", "ban_status", "none");
    UUID eve = stage.oldUser("Eve", "invite_code_used", "AAAABBBBCCCC1111");
    stage.insert(
        "chat_history",
        "session_id",
        "s1",
        "user_id",
        ada,
        "partner_id",
        eve,
        "partner_name",
        "Eve",
        "room_id",
        UUID.randomUUID(),
        "started_at",
        "2026-01-01 00:00:00",
        "duration",
        60,
        "messages",
        "[]");
    stage.insert(
        "sessions",
        "session_token",
        UUID.randomUUID(),
        "user_id",
        eve,
        "expires_at",
        "2026-02-01 00:00:00");
    stage.run();
    stage.ours("DELETE FROM users WHERE user_id = ?", eve);
    stage.ours("DELETE FROM chat_history");

    Stage.Ran second = stage.run();

    assertThat(stage.rows("SELECT name FROM users")).containsExactly(List.of("Ada"));
    assertThat(stage.value("SELECT count(*) FROM sessions")).isEqualTo("0");
    assertThat(stage.value("SELECT partner_name FROM chat_history")).isEqualTo("Deleted account");
    assertThat(second.out()).contains("1  deleted here since an earlier import");
  }

  @Test
  void anAddressBanThatWasLiftedHereIsNotBroughtBack() {
    UUID ada = stage.oldUser("Ada", "ban_status", "permanent");
    stage.insert(
        "ip_bans",
        "ip_address",
        "203.0.113.9",
        "user_id",
        ada,
        "reason",
        "spam",
        "banned_at",
        "2026-01-09 00:00:00");
    stage.run();
    stage.ours("DELETE FROM ip_bans");
    stage.insert(
        "ip_bans",
        "ip_address",
        "203.0.113.10",
        "user_id",
        ada,
        "reason",
        "spam",
        "banned_at",
        "2026-01-10 13:00:00");

    stage.run();

    assertThat(stage.rows("SELECT ip_address FROM ip_bans"))
        .containsExactly(List.of("203.0.113.10"));
  }

  @Test
  void anAddressThatSomebodyHasHereStaysHis() {
    UUID ada = stage.oldUser("Ada", "email", "ADA@example.org", "password_hash", HASH);
    UUID newcomer = UUID.randomUUID();
    stage.ours(NEW_USER, newcomer, "Ada@Example.org");

    Stage.Ran ran = stage.run();

    assertThat(stage.value("SELECT email FROM users WHERE user_id = ?", newcomer))
        .isEqualTo("Ada@Example.org");
    assertThat(stage.value("SELECT email FROM users WHERE user_id = ?", ada)).isNull();
    assertThat(ran.out()).contains("1  guest now: another account here has the e-mail");
  }

  @Test
  void aRowThatOurDatabaseRefusesTakesNoOtherWithIt() {
    for (int i = 0; i < 20; i++) {
      stage.oldUser("User " + i);
    }
    UUID refused = stage.oldUser("Refused");
    stage.ours("ALTER TABLE users ADD CONSTRAINT not_him CHECK (name <> 'Refused')");

    Stage.Ran ran = stage.run();

    assertThat(ran.code()).isZero();
    assertThat(ran.counts("users")).containsExactly(21L, 20L, 0L, 1L);
    assertThat(ran.out())
        .contains("1  our database refused it: not_him  (" + refused.toString().substring(0, 8));
    assertThat(stage.value("SELECT count(*) FROM imported_users")).isEqualTo("20");
  }
}
