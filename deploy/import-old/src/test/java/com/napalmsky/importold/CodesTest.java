package com.napalmsky.importold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CodesTest {

  private static final String CODE = "AAAABBBBCCCC1111";
  private static final String OTHER = "AAAABBBBCCCC2222";
  private static final String STATE =
      "SELECT created_by, type, max_uses, uses_remaining, total_used, is_active FROM invite_codes"
          + " WHERE code = ?";

  @RegisterExtension final Stage stage = new Stage();

  @Test
  void usesAreCountedFromTheRowsOfThoseWhoUsedIt() {
    UUID ada = stage.oldUser("Ada", "paid_status", "paid", "my_invite_code", CODE);
    code(CODE, ada);
    UUID eve = stage.oldUser("Eve", "invite_code_used", CODE);
    UUID zoe = stage.oldUser("Zoe", "invite_code_used", CODE.toLowerCase());

    stage.run();

    assertThat(stage.row(STATE, CODE)).containsExactly(ada.toString(), "user", "4", "2", "2", "t");
    assertThat(stage.rows("SELECT user_id::text FROM code_uses WHERE code = ?", CODE))
        .flatExtracting(row -> row)
        .containsExactlyInAnyOrder(eve.toString(), zoe.toString());
  }

  @Test
  void aCodeThatMoreUsedThanItAllowsIsUsedUp() {
    UUID ada = stage.oldUser("Ada", "paid_status", "paid");
    code(CODE, ada);
    for (int i = 0; i < 6; i++) {
      stage.oldUser("Friend " + i, "invite_code_used", CODE);
    }

    stage.run("--batch", "2");

    assertThat(stage.row(STATE, CODE)).containsExactly(ada.toString(), "user", "4", "0", "6", "t");
  }

  @Test
  void aUseThatTheCodeListsIsCountedOnce() {
    UUID eve = stage.oldUser("Eve", "invite_code_used", CODE);
    UUID zoe = stage.oldUser("Zoe");
    code(
        CODE,
        null,
        "used_by",
        "[\"" + eve + "\", \"" + zoe + "\", 7, \"nobody\", \"" + UUID.randomUUID() + "\"]");
    code(OTHER, null, "used_by", "{\"a\": 1}");

    Stage.Ran ran = stage.run();

    assertThat(stage.row(STATE, CODE)).containsExactly(null, "user", "4", "2", "2", "t");
    assertThat(ran.counts("code uses, listed")).containsExactly(2L, 1L, 1L, 2L);
  }

  @Test
  void theCodeOfWhoIsInHisGraceIsInactiveUntilItIsUnlocked() {
    UUID ada = stage.oldUser("Ada", "paid_status", "qr_grace_period", "my_invite_code", CODE);
    code(CODE, ada);

    stage.run();

    assertThat(stage.row(STATE, CODE)).containsExactly(ada.toString(), "user", "4", "4", "0", "f");
    assertThat(stage.value("SELECT deactivated_at FROM invite_codes")).isNull();
  }

  @Test
  void aCodeThatTheOldServerLostIsMadeAnew() {
    UUID ada = stage.oldUser("Ada", "paid_status", "paid", "my_invite_code", CODE);
    stage.oldUser("Eve", "invite_code_used", CODE);

    Stage.Ran ran = stage.run();

    assertThat(stage.row(STATE, CODE)).containsExactly(ada.toString(), "user", "4", "3", "1", "t");
    assertThat(ran.counts("access codes, lost")).containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void ofManyCodesOfOneMakerTheOneHeIsShownStaysHis() {
    UUID ada = stage.oldUser("Ada", "paid_status", "paid", "my_invite_code", CODE);
    code(CODE, ada, "created_at", "2025-10-10 10:00:00");
    code(OTHER, ada, "created_at", "2025-10-10 11:00:00");
    UUID eve = stage.oldUser("Eve", "paid_status", "paid");
    code("EEEEBBBBCCCC1111", eve, "created_at", "2025-10-10 11:00:00");
    code("EEEEBBBBCCCC2222", eve, "created_at", "2025-10-10 10:00:00");

    Stage.Ran ran = stage.run();

    assertThat(stage.row(STATE, CODE)).startsWith(ada.toString()).endsWith("t");
    assertThat(stage.row(STATE, OTHER)).startsWith((String) null).endsWith("f");
    assertThat(stage.row(STATE, "EEEEBBBBCCCC1111")).startsWith(eve.toString()).endsWith("t");
    assertThat(stage.row(STATE, "EEEEBBBBCCCC2222")).startsWith((String) null).endsWith("f");
    assertThat(ran.out()).contains("2  deactivated, of nobody: its maker has another one");
  }

  @Test
  void aCodeWithoutALimitStaysSoAndIsPointedOut() {
    code(CODE, null, "type", "admin", "max_uses", -1, "uses_remaining", -1);
    stage.oldUser("Eve", "invite_code_used", CODE);

    Stage.Ran ran = stage.run();

    assertThat(stage.row(STATE, CODE)).containsExactly(null, "admin", "-1", "-1", "1", "t");
    assertThat(ran.out()).contains("1  work without a limit");
  }

  @Test
  void whatIsNoCodeStaysBehindAndIsNotPrinted() {
    code("SECRET", null);
    code("secret-secret-secret", null);
    stage.oldUser("Eve", "invite_code_used", "short");
    stage.oldUser("Zoe", "invite_code_used", "ZZZZZZZZZZZZZZZZ");
    stage.oldUser("Ada", "my_invite_code", "ADASHORT");

    Stage.Ran ran = stage.run();

    assertThat(stage.value("SELECT count(*) FROM invite_codes")).isEqualTo("0");
    assertThat(ran.counts("access codes")).containsExactly(2L, 0L, 0L, 2L);
    assertThat(ran.counts("access codes, lost")).containsExactly(1L, 0L, 0L, 1L);
    assertThat(ran.out())
        .contains("1  the code is in no table of the old database")
        .doesNotContainIgnoringCase("secret")
        .doesNotContain("ADASHORT");
  }

  @Test
  void aDeactivatedCodeAndAUsedUpOneStaySo() {
    code(CODE, null, "is_active", false);
    code(OTHER, null, "uses_remaining", 0);

    stage.run();

    assertThat(stage.row(STATE, CODE)).containsExactly(null, "user", "4", "4", "0", "f");
    assertThat(stage.value("SELECT deactivated_at FROM invite_codes WHERE code = ?", CODE))
        .isEqualTo("2026-01-10 12:00:00+00");
    assertThat(stage.row(STATE, OTHER)).containsExactly(null, "user", "4", "0", "0", "t");
  }

  private void code(String code, UUID maker, Object... more) {
    Object[] usual = {
      "code",
      code,
      "created_by",
      maker,
      "created_by_name",
      "Ada",
      "created_at",
      "2025-10-10 09:00:00",
      "type",
      "user",
      "max_uses",
      4,
      "uses_remaining",
      4,
      "is_active",
      true
    };
    stage.insert("invite_codes", usual, more);
  }
}
