package com.napalmsky.user.ban;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.BanContract.Appeal;
import com.napalmsky.shared.contract.user.BanContract.AppealOutcome;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanContract.BanChecked;
import com.napalmsky.shared.contract.user.BanContract.Decision;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.user.ModerationStage;
import com.napalmsky.user.OtherServices;
import com.napalmsky.user.UserStage;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BanTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  /** Bans by reports end after two days. */
  @RegisterExtension static final UserStage brief = new UserStage("USER_REPORT_BAN_HOURS", "48");

  private final ModerationStage moderation = new ModerationStage(stage);
  private final ModerationStage shortly = new ModerationStage(brief);

  @BeforeEach
  void nobodyIsInACall() {
    OtherServices.empty(stage);
    OtherServices.empty(brief);
  }

  private AppealOutcome appeal(UUID user, String text) {
    return UserStage.await(stage.banInquiries().appeal(new Appeal(user, text))).outcome();
  }

  @Test
  void theSessionsOfABannedUserStandButAnswerThatHeIsBanned() {
    SignedUp ben = stage.signUp("Ben");
    UUID id = ben.session().userId();
    stage.link(ben.token(), "ben@example.org", UserStage.PASSWORD, null);

    moderation.ban(id);

    Authenticated verdict = stage.authenticate(ben.token());
    assertThat(verdict.verdict()).isEqualTo(Verdict.BANNED);
    assertThat(verdict.session().banStatus()).isEqualTo(BanStatus.TEMPORARY);
    LoggedIn login = stage.logIn("ben@example.org", UserStage.PASSWORD);
    assertThat(login.outcome()).isEqualTo(LogInOutcome.BANNED);
    assertThat(login.banStatus()).isEqualTo(BanStatus.TEMPORARY);
    assertThat(login.reviewStatus()).isEqualTo(ReviewStatus.PENDING);
    moderation.lift(id, moderation.admin());
    assertThat(stage.authenticate(ben.token()).verdict()).isEqualTo(Verdict.ACTIVE);
  }

  @Test
  void aBanIsThereAfterARestart() {
    UUID ben = moderation.banned("Ben");
    BanChecked before = moderation.check(ben);

    stage.restart();

    assertThat(moderation.check(ben)).isEqualTo(before);
  }

  @Test
  void aBanWithAnEndIsOverWhenItsTimeHasComeWhoeverLooks() {
    SignedUp ben = brief.signUp("Ben");
    UUID id = ben.session().userId();
    brief.link(ben.token(), "ben@example.org", UserStage.PASSWORD, null);
    Instant until = brief.timers.now().plus(Duration.ofHours(48));
    shortly.ban(id);
    assertThat(shortly.check(id).record().until()).isEqualTo(until);
    brief.timers.advance(Duration.ofHours(48).minusMillis(1));
    assertThat(brief.authenticate(ben.token()).verdict()).isEqualTo(Verdict.BANNED);

    brief.timers.advance(Duration.ofMillis(1));

    assertThat(brief.authenticate(ben.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(brief.logIn("ben@example.org", UserStage.PASSWORD).outcome())
        .isEqualTo(LogInOutcome.LOGGED_IN);
    assertThat(shortly.status(id)).isEqualTo(BanStatus.NONE);
    assertThat(shortly.check(id).record().status()).isEqualTo(BanStatus.NONE);
    assertThat(shortly.review(id, Decision.PERMANENT, null, shortly.admin()))
        .isEqualTo(com.napalmsky.shared.contract.user.BanContract.ReviewOutcome.NOT_BANNED);
  }

  @Test
  void theSweepWritesDownThatABanIsOverAndTellsAll() {
    UUID ben = shortly.banned("Ben");
    UUID still = brief.user("Still");
    brief.timers.advance(Duration.ofHours(1));
    shortly.ban(still);
    brief.timers.advance(Duration.ofHours(47));
    brief.forgetAnnouncements();

    brief.sweep();

    assertThat(brief.sql("SELECT ban_status FROM users WHERE user_id = $1", ben))
        .extracting(row -> row.getString(0))
        .containsExactly("none");
    assertThat(brief.announced(BanChanged.class))
        .containsExactly(new BanChanged(ben, BanStatus.NONE, null, brief.timers.now()));
    assertThat(shortly.status(still)).isEqualTo(BanStatus.TEMPORARY);
  }

  @Test
  void afterABanRanOutItsReportsDoNotCountAgain() {
    UUID ben = shortly.banned("Ben");
    brief.timers.advance(Duration.ofHours(49));

    assertThat(shortly.reportedByAnother(ben).reportCount()).isEqualTo(1);

    assertThat(shortly.status(ben)).isEqualTo(BanStatus.NONE);
  }

  @Test
  void aBannedUserAppealsOnceAndHisTextIsKept() {
    UUID ben = moderation.banned("Ben");

    assertThat(appeal(ben, "it was a joke")).isEqualTo(AppealOutcome.APPEALED);
    assertThat(appeal(ben, "once more")).isEqualTo(AppealOutcome.ALREADY_APPEALED);

    assertThat(moderation.check(ben).record().appeal()).isEqualTo("it was a joke");
    assertThat(moderation.check(ben).record().appealedAt()).isEqualTo(stage.timers.now());
  }

  @Test
  void whoIsNotBannedHasNothingToAppealAgainst() {
    UUID ben = moderation.banned("Ben");
    moderation.lift(ben, moderation.admin());

    assertThat(appeal(stage.user("Ada"), "why")).isEqualTo(AppealOutcome.NOT_BANNED);
    assertThat(appeal(ben, "why")).isEqualTo(AppealOutcome.NOT_BANNED);
    assertThat(moderation.check(ben).record().appeal()).isNull();
  }

  @Test
  void aNewBanMayBeAppealedAgainstAnew() {
    UUID ben = moderation.banned("Ben");
    assertThat(appeal(ben, "first")).isEqualTo(AppealOutcome.APPEALED);
    moderation.lift(ben, moderation.admin());
    stage.timers.advance(Duration.ofSeconds(1));
    moderation.ban(ben);

    assertThat(moderation.check(ben).record().appeal()).isNull();
    assertThat(appeal(ben, "second")).isEqualTo(AppealOutcome.APPEALED);
  }

  @Test
  void nobodyIsAskedAboutAStranger() {
    assertThat(moderation.check(UUID.randomUUID())).isEqualTo(new BanChecked(null, null));
    assertThat(moderation.check(stage.user("Ada"))).isEqualTo(new BanChecked(BanStatus.NONE, null));
  }

  @Test
  void whatChangedLatelyIsAnnouncedAgain() {
    UUID old = moderation.banned("Old");
    stage.timers.advance(Duration.ofMinutes(10));
    UUID ben = moderation.banned("Ben");
    UUID cleo = moderation.banned("Cleo");
    moderation.review(cleo, Decision.VINDICATED, null, moderation.admin());
    stage.forgetAnnouncements();

    UserStage.await(stage.banAnnouncements().repeat(BanAnnouncements.LATELY));

    assertThat(moderation.announcedOf(ben))
        .containsExactly(new BanChanged(ben, BanStatus.TEMPORARY, null, stage.timers.now()));
    assertThat(moderation.announcedOf(cleo))
        .containsExactly(new BanChanged(cleo, BanStatus.VINDICATED, null, stage.timers.now()));
    assertThat(moderation.announcedOf(old)).isEmpty();
    UserStage.await(stage.banAnnouncements().repeat(BanAnnouncements.AT_FIRST));
    assertThat(moderation.announcedOf(old)).hasSize(1);
  }
}
