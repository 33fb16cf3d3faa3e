package com.napalmsky.user.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.BanContract.Decision;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.UserContract.GetOverlay;
import com.napalmsky.user.ModerationStage;
import com.napalmsky.user.OtherServices;
import com.napalmsky.user.UserStage;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetentionTest {

  @RegisterExtension static final UserStage stage = new UserStage("REPORT_RETENTION_DAYS", "30");

  private final ModerationStage moderation = new ModerationStage(stage);

  @BeforeEach
  void nobodyIsInACall() {
    OtherServices.empty(stage);
  }

  private long reportsOf(UUID reported) {
    return stage.count("SELECT count(*) FROM reports WHERE reported_user_id = $1", reported);
  }

  private boolean seeEachOther(UUID one, UUID other) {
    return !UserStage.await(stage.overlays().get(new GetOverlay(one))).hidden().contains(other);
  }

  @Test
  void aReportIsDeletedByItsAgeAndTheTwoStayHidden() {
    UUID ada = stage.user("Ada");
    UUID ben = stage.user("Ben");
    moderation.met(ada, ben);
    moderation.report(ada, ben);
    stage.timers.advance(Duration.ofDays(30).minusMillis(1));
    stage.sweep();
    assertThat(reportsOf(ben)).isEqualTo(1);

    stage.timers.advance(Duration.ofMillis(1));
    stage.sweep();

    assertThat(reportsOf(ben)).isZero();
    assertThat(seeEachOther(ada, ben)).isFalse();
    assertThat(seeEachOther(ben, ada)).isFalse();
  }

  @Test
  void whatSomebodyHasToDecideOnIsKeptUntilThen() {
    UUID ben = moderation.banned("Ben");
    stage.timers.advance(Duration.ofDays(60));
    stage.sweep();
    assertThat(reportsOf(ben)).isEqualTo(4);
    assertThat(moderation.check(ben).record().ipAddresses()).isNotEmpty();

    moderation.review(ben, Decision.PERMANENT, null, moderation.admin());
    stage.sweep();

    assertThat(reportsOf(ben)).isZero();
    assertThat(moderation.check(ben).record().ipAddresses()).isEmpty();
    assertThat(moderation.status(ben)).isEqualTo(BanStatus.PERMANENT);
    assertThat(moderation.check(ben).record().reportCount()).isEqualTo(4);
  }

  @Test
  void moreThanAPortionIsDeletedToo() {
    UUID ben = stage.user("Ben");
    for (int i = 0; i < 5; i++) {
      moderation.reportedByAnother(ben);
    }
    moderation.lift(ben, moderation.admin());
    stage.timers.advance(Duration.ofDays(31));
    OldReports chore = new OldReports(stage.database(), stage.timers, Duration.ofDays(30));

    assertThat(UserStage.await(chore.portion(2))).isEqualTo(2);

    assertThat(reportsOf(ben)).isEqualTo(3);
  }
}
