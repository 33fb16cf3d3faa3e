package com.napalmsky.importold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModerationTest {

  @RegisterExtension final Stage stage = new Stage();

  @Test
  void reportsComeOverOncePerPair() {
    UUID ada = stage.oldUser("Ada");
    UUID eve = stage.oldUser("Eve");
    report(ada, eve, "reason", "x".repeat(1_500), "reporter_ip", "203.0.113.9");
    report(eve, ada, "reason", null);
    report(eve, ada);
    report(eve, eve);
    report(eve, UUID.randomUUID());

    Stage.Ran ran = stage.run();

    assertThat(
            stage.row(
                "SELECT reported_user_id, char_length(reason), reporter_ip, created_at FROM reports"
                    + " WHERE reporter_user_id = ?",
                eve))
        .element(0)
        .isEqualTo(ada.toString());
    assertThat(
            stage.row(
                "SELECT reported_user_id, char_length(reason), reporter_ip, created_at FROM reports"
                    + " WHERE reporter_user_id = ?",
                ada))
        .containsExactly(eve.toString(), "1000", "203.0.113.9", "2025-12-01 20:00:00+00");
    assertThat(ran.counts("reports")).containsExactly(5L, 2L, 0L, 3L);
    assertThat(ran.out()).contains("1  he has reported the same person before");
  }

  @ParameterizedTest
  @CsvSource({
    "temporary, temporary, pending, temporary, pending",
    "permanent, temporary, reviewed_ban, permanent, pending",
    "vindicated, temporary, pending, vindicated, reviewed_vindicate",
    "none, temporary, pending, none, pending",
    "none, vindicated, reviewed_vindicate, none, reviewed_vindicate",
    "none, temporary, , none, pending"
  })
  void whatHoldsIsWhatTheRowOfTheUserSays(
      String ofTheUser, String recorded, String review, String status, String reviewed) {
    UUID ada = stage.oldUser("Ada", "ban_status", ofTheUser);
    stage.insert(
        "ban_records",
        "user_id",
        ada,
        "ban_status",
        recorded,
        "banned_at",
        "2025-12-01 20:00:00",
        "banned_reason",
        "spam",
        "report_count",
        4,
        "review_status",
        review,
        "ip_addresses",
        "[\"203.0.113.9\", \"::ffff:198.51.100.7\", \"127.0.0.1\", 7, \"x\"]");

    stage.run();

    assertThat(
            stage.row(
                "SELECT r.ban_status, r.review_status, r.banned_at, r.banned_reason, r.report_count,"
                    + " r.ip_addresses, u.ban_status FROM ban_records r JOIN users u USING (user_id)"
                    + " WHERE user_id = ?",
                ada))
        .containsExactly(
            status,
            reviewed,
            "2025-12-01 20:00:00+00",
            "spam",
            "4",
            "{203.0.113.9,198.51.100.7}",
            ofTheUser);
  }

  @Test
  void whatTheUsersRowDoesNotSayOfABanIsFilledIn() {
    UUID ada = stage.oldUser("Ada", "ban_status", "temporary");
    stage.insert(
        "ban_records", "user_id", ada, "banned_at", "2025-12-01 20:00:00", "banned_reason", "spam");

    stage.run();

    assertThat(stage.row("SELECT banned_at, banned_reason, review_status FROM users"))
        .containsExactly("2025-12-01 20:00:00+00", "spam", "pending");
  }

  @Test
  void whoIsBannedWithoutARecordGetsOne() {
    UUID ada = stage.oldUser("Ada", "ban_status", "temporary");

    Stage.Ran ran = stage.run();

    assertThat(stage.row("SELECT user_id, ban_status, review_status FROM ban_records"))
        .containsExactly(ada.toString(), "temporary", "pending");
    assertThat(ran.out()).contains("1  recorded now: only the user's row said that he is banned");
  }

  @Test
  void addressesAreBannedWhenTheyAreOfOneHostAndOfSomebodyBanned() {
    UUID ada = stage.oldUser("Ada", "ban_status", "permanent");
    UUID eve = stage.oldUser("Eve", "ban_status", "vindicated");
    addressBan("203.0.113.9", ada);
    addressBan("2001:db8::1", null);
    addressBan("::ffff:198.51.100.7", ada);
    addressBan("203.0.113.10", eve);
    addressBan("203.0.113.0/24", ada);
    addressBan("127.0.0.1", ada);
    addressBan("10.1.2.3", ada);
    addressBan("fd00::1", ada);

    Stage.Ran ran = stage.run();

    assertThat(stage.rows("SELECT ip_address FROM ip_bans"))
        .containsExactlyInAnyOrder(
            List.of("203.0.113.9"), List.of("2001:db8::1"), List.of("198.51.100.7"));
    assertThat(ran.counts("address bans")).containsExactly(8L, 3L, 0L, 5L);
    assertThat(ran.out()).doesNotContain("203.0.113").doesNotContain("10.1.2");
  }

  @Test
  void noAddressIsBannedForEver() {
    UUID ada = stage.oldUser("Ada", "ban_status", "permanent");
    addressBan("203.0.113.9", ada);
    stage.insert(
        "ip_bans",
        "ip_address",
        "203.0.113.10",
        "user_id",
        ada,
        "reason",
        "spam",
        "banned_at",
        "2025-10-01 00:00:00");

    Stage.Ran ran = stage.run();

    assertThat(stage.rows("SELECT ip_address, expires_at FROM ip_bans"))
        .containsExactly(List.of("203.0.113.9", "2026-03-01 20:00:00+00"));
    assertThat(ran.out()).contains("1  older than 90 days");
  }

  @ParameterizedTest
  @CsvSource({
    "temporary, ",
    "permanent, ",
    "vindicated, 2026-01-10 12:00:00+00",
    "none, 2026-01-10 12:00:00+00"
  })
  void reportsThatLedToABanWhichIsOverCountNoMore(String status, String countedSince) {
    UUID ada = stage.oldUser("Ada", "ban_status", status);
    stage.insert("ban_records", "user_id", ada, "banned_at", "2025-12-01 20:00:00");

    stage.run();

    assertThat(stage.value("SELECT counted_since FROM ban_records")).isEqualTo(countedSince);
  }

  private void report(UUID reporter, UUID reported, Object... more) {
    Object[] usual = {
      "report_id",
      UUID.randomUUID(),
      "reporter_user_id",
      reporter,
      "reported_user_id",
      reported,
      "reason",
      "rude",
      "timestamp",
      "2025-12-01 20:00:00"
    };
    stage.insert("reports", usual, more);
  }

  private void addressBan(String address, UUID user) {
    stage.insert(
        "ip_bans",
        "ip_address",
        address,
        "user_id",
        user,
        "reason",
        "spam",
        "banned_at",
        "2025-12-01 20:00:00");
  }
}
