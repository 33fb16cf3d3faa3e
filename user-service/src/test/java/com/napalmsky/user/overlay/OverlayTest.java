package com.napalmsky.user.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.UserContract.Cooldown;
import com.napalmsky.shared.contract.user.UserContract.CooldownReason;
import com.napalmsky.shared.contract.user.UserContract.GetOverlay;
import com.napalmsky.shared.contract.user.UserContract.Introduction;
import com.napalmsky.shared.contract.user.UserContract.Overlay;
import com.napalmsky.shared.contract.user.UserContract.SetCooldown;
import com.napalmsky.user.UserStage;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OverlayTest {

  @RegisterExtension static final UserStage stage = new UserStage("USER_OVERLAY_MAX", "3");

  private static Overlay overlay(UUID viewer) {
    return UserStage.await(stage.overlays().get(new GetOverlay(viewer)));
  }

  private static void cool(UUID one, UUID other, Duration length) {
    UserStage.await(
        stage
            .cooldowns()
            .set(
                new SetCooldown(
                    one, other, stage.timers.now().plus(length), CooldownReason.TIMEOUT)));
  }

  @Test
  void runningCooldownsAreSeenFromBothSidesAndEnd() {
    UUID ada = stage.user("Ada");
    UUID ben = stage.user("Ben");
    cool(ada, ben, Duration.ofMinutes(10));

    assertThat(overlay(ada).cooldowns())
        .containsExactly(new Cooldown(ben, stage.timers.now().plus(Duration.ofMinutes(10))));
    assertThat(overlay(ben).cooldowns()).extracting(Cooldown::userId).containsExactly(ada);

    stage.timers.advance(Duration.ofMinutes(10));
    assertThat(overlay(ada).cooldowns()).isEmpty();
  }

  @Test
  void reportsAndBlocksHideBothFromEachOther() {
    UUID ada = stage.user("Ada");
    UUID ben = stage.user("Ben");
    UUID eve = stage.user("Eve");
    stage.sql(
        "INSERT INTO reports (report_id, reported_user_id, reporter_user_id, reason, created_at)"
            + " VALUES ($1, $2, $3, 'rude', now())",
        UUID.randomUUID(),
        ben,
        ada);
    stage.sql(
        "INSERT INTO blocks (blocker_id, blocked_id, created_at) VALUES ($1, $2, now())", eve, ada);

    assertThat(overlay(ada).hidden()).containsExactlyInAnyOrder(ben, eve);
    assertThat(overlay(ben).hidden()).containsExactly(ada);
    assertThat(overlay(eve).hidden()).containsExactly(ada);
  }

  @Test
  void newcomersAreIntroducedWithTheNameOfTheIntroducer() {
    UUID ada = stage.user("Ada");
    UUID ben = stage.user("Ben");
    stage.sql(
        "INSERT INTO referral_codes (code, created_by, target_id, created_at, expires_at)"
            + " VALUES ('MEETADA000', $1, $2, now(), '2027-01-01T00:00:00Z')",
        ben,
        ada);

    UUID newcomer = stage.signUp("New", "MEETADA000", null).session().userId();

    assertThat(overlay(ada).introductions()).containsExactly(new Introduction(newcomer, "Ben"));
  }

  @Test
  void eachListIsBounded() {
    UUID ada = stage.user("Ada");
    for (int i = 1; i <= 4; i++) {
      cool(ada, stage.user("Partner"), Duration.ofMinutes(10L * i));
    }

    assertThat(overlay(ada).cooldowns())
        .extracting(Cooldown::until)
        .containsExactly(
            stage.timers.now().plus(Duration.ofMinutes(40)),
            stage.timers.now().plus(Duration.ofMinutes(30)),
            stage.timers.now().plus(Duration.ofMinutes(20)));
  }

  @Test
  void aSweepDeletesWhatRanOutAndNothingElse() {
    UUID ada = stage.user("Ada");
    String token = stage.signUp("Ben").token();
    cool(ada, stage.user("Short"), Duration.ofMinutes(1));
    cool(ada, stage.user("Long"), Duration.ofDays(60));
    stage.timers.advance(Duration.ofDays(3));
    String young = stage.signUp("Young").token();
    stage.timers.advance(Duration.ofDays(5));

    assertThat(stage.sweep()).isPositive();

    assertThat(overlay(ada).cooldowns()).hasSize(1);
    assertThat(
            stage.count(
                "SELECT count(*) FROM cooldowns WHERE expires_at <= $1",
                stage.timers.now().atOffset(java.time.ZoneOffset.UTC)))
        .isZero();
    assertThat(stage.authenticate(young).session()).isNotNull();
    assertThat(
            stage.count(
                "SELECT count(*) FROM sessions WHERE token_hash = $1",
                com.napalmsky.shared.contract.user.TokenHash.of(token)))
        .isZero();
    assertThat(stage.sweep()).isZero();
  }
}
