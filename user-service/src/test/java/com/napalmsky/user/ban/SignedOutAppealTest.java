package com.napalmsky.user.ban;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.BanContract.Appeal;
import com.napalmsky.shared.contract.user.BanContract.AppealOutcome;
import com.napalmsky.shared.contract.user.BanContract.AppealSignedOut;
import com.napalmsky.shared.contract.user.BanContract.Decision;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.user.ModerationStage;
import com.napalmsky.user.OtherServices;
import com.napalmsky.user.UserStage;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Appeals of people who have no session any more. */
class SignedOutAppealTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private final ModerationStage moderation = new ModerationStage(stage);
  private final String email = "ben." + UUID.randomUUID() + "@example.org";

  @BeforeEach
  void nobodyIsInACall() {
    OtherServices.empty(stage);
  }

  private static AppealOutcome appeal(String address, String password) {
    return UserStage.await(
            stage.signedOutAppeals().appeal(new AppealSignedOut(address, password, "I was not")))
        .outcome();
  }

  private UUID ben() {
    SignedUp ben = stage.signUp("Ben");
    stage.link(ben.token(), email, UserStage.PASSWORD, null);
    return ben.session().userId();
  }

  @Test
  void whoIsNotLetInAppealsAllTheSameAndTheCaseIsSeen() {
    UUID ben = ben();
    moderation.ban(ben);

    assertThat(appeal(email.toUpperCase(Locale.ROOT), UserStage.PASSWORD))
        .isEqualTo(AppealOutcome.APPEALED);

    assertThat(moderation.check(ben).record().appeal()).isEqualTo("I was not");
    assertThat(stage.sql("SELECT 1 FROM sessions WHERE user_id = $1 AND state = 'active'", ben))
        .as("sessions beside the one of the sign-up")
        .hasSize(1);
  }

  @Test
  void oneAppealIsAllowedForABanWithASessionOrWithout() {
    UUID ben = ben();
    moderation.ban(ben);
    assertThat(appeal(email, UserStage.PASSWORD)).isEqualTo(AppealOutcome.APPEALED);

    assertThat(appeal(email, UserStage.PASSWORD)).isEqualTo(AppealOutcome.ALREADY_APPEALED);
    assertThat(UserStage.await(stage.banInquiries().appeal(new Appeal(ben, "again"))).outcome())
        .isEqualTo(AppealOutcome.ALREADY_APPEALED);
  }

  @Test
  void whoIsNotBannedHasNothingToAppealAgainst() {
    UUID ben = ben();

    assertThat(appeal(email, UserStage.PASSWORD)).isEqualTo(AppealOutcome.NOT_BANNED);

    moderation.ban(ben);
    moderation.lift(ben, moderation.admin());
    assertThat(appeal(email, UserStage.PASSWORD)).isEqualTo(AppealOutcome.NOT_BANNED);
  }

  @ParameterizedTest
  @CsvSource({"his,wrong", "nobody@example.org,right", "no address,right"})
  void whoeverDoesNotKnowThePasswordLearnsNothing(String address, String password) {
    UUID ben = ben();
    moderation.ban(ben);

    assertThat(
            appeal(
                address.equals("his") ? email : address,
                password.equals("right") ? UserStage.PASSWORD : password))
        .isEqualTo(AppealOutcome.REFUSED);

    assertThat(moderation.check(ben).record().appeal()).isNull();
  }

  @Test
  void aRefusedLogInSaysWhetherTheBanWasDecidedOn() {
    UUID ben = ben();
    moderation.ban(ben);
    assertThat(stage.logIn(email, UserStage.PASSWORD).reviewStatus())
        .isEqualTo(ReviewStatus.PENDING);

    moderation.review(ben, Decision.PERMANENT, null, moderation.admin());

    LoggedIn decided = stage.logIn(email, UserStage.PASSWORD);
    assertThat(decided.outcome()).isEqualTo(LogInOutcome.BANNED);
    assertThat(decided.reviewStatus()).isEqualTo(ReviewStatus.REVIEWED_BAN);
    moderation.lift(ben, moderation.admin());
    assertThat(stage.logIn(email, UserStage.PASSWORD).reviewStatus()).isNull();
  }
}
