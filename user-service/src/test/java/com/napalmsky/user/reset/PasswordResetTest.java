package com.napalmsky.user.reset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.AccountContract.ChangePassword;
import com.napalmsky.shared.contract.user.AccountContract.PasswordReset;
import com.napalmsky.shared.contract.user.AccountContract.RequestOutcome;
import com.napalmsky.shared.contract.user.AccountContract.RequestReset;
import com.napalmsky.shared.contract.user.AccountContract.ResetOutcome;
import com.napalmsky.shared.contract.user.AccountContract.ResetPassword;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.user.UserStage;
import com.napalmsky.user.mail.Mail;
import com.napalmsky.user.mail.TestMailer;
import com.napalmsky.user.reset.ResetMails.Round;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PasswordResetTest {

  @RegisterExtension
  static final UserStage stage =
      new UserStage("FRONTEND_URL", "https://sky.example.org/", "USER_RESET_WAITING", "5");

  private static final String NEW = "another battery";
  private static int people;

  private String email;
  private SignedUp ada;

  @BeforeEach
  void aMember() {
    email = "ada" + ++people + "@example.org";
    ada = stage.member("Ada", email);
    stage.forgetAnnouncements();
  }

  @AfterEach
  void nothingWaits() {
    stage.mailer.refuse(false);
    stage.mailer.loseAnswers(false);
    stage.sql("DELETE FROM password_reset_requests");
  }

  @CanIgnoreReturnValue
  private RequestOutcome request(String address) {
    return UserStage.await(stage.resetRequests().add(new RequestReset(address))).outcome();
  }

  @CanIgnoreReturnValue
  private Round round() {
    return UserStage.await(stage.resetMails().round());
  }

  @CanIgnoreReturnValue
  private String mailedToken() {
    request(email);
    assertThat(round()).isEqualTo(Round.DONE);
    List<Mail> mails = stage.mailer.mailsTo(email);
    return TestMailer.token(mails.get(mails.size() - 1));
  }

  @CanIgnoreReturnValue
  private static ResetOutcome reset(String token, String password) {
    return UserStage.await(
            stage.passwordResets().reset(new ResetPassword(TokenHash.of(token), password)))
        .outcome();
  }

  @Test
  void whoAsksGetsALinkThatSetsANewPasswordAndEndsEverySession() {
    String token = mailedToken();

    assertThat(reset(token, NEW)).isEqualTo(ResetOutcome.RESET);

    assertThat(stage.mailer.mailsTo(email))
        .singleElement()
        .satisfies(
            mail ->
                assertThat(mail.text())
                    .contains("https://sky.example.org/reset-password#token=" + token)
                    .contains("60 minutes"));
    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(stage.announced(SessionsEnded.class))
        .containsExactly(
            new SessionsEnded(
                ada.session().userId(), List.of(ada.session().sessionId()), SessionEnd.LOGGED_OUT));
    assertThat(stage.logIn(email, UserStage.PASSWORD).outcome()).isEqualTo(LogInOutcome.REFUSED);
    assertThat(stage.logIn(email, NEW).outcome()).isEqualTo(LogInOutcome.LOGGED_IN);
  }

  @Test
  void theAddressMayBeTypedInAnotherCase() {
    request(email.toUpperCase());
    round();

    assertThat(stage.mailer.mailsTo(email)).hasSize(1);
  }

  @Test
  void nothingOfTheTokenIsStoredButItsHash() {
    String token = mailedToken();

    assertThat(
            stage.count(
                "SELECT count(*) FROM password_reset_tokens t WHERE t::text LIKE '%' || $1 || '%'",
                token))
        .isZero();
    assertThat(
            stage.count(
                "SELECT count(*) FROM password_reset_tokens WHERE token_hash = $1",
                TokenHash.of(token)))
        .isEqualTo(1);
    assertThat(token).hasSize(43);
  }

  @Test
  void anUnknownAddressGetsTheSameAnswerLeavesTheSameRowAndNoMail() {
    String nobody = "nobody" + people + "@example.org";

    assertThat(request(nobody)).isEqualTo(request(email)).isEqualTo(RequestOutcome.ACCEPTED);
    assertThat(stage.count("SELECT count(*) FROM password_reset_requests")).isEqualTo(2);
    assertThat(round()).isEqualTo(Round.DONE);
    assertThat(round()).isEqualTo(Round.DONE);
    assertThat(round()).isEqualTo(Round.NOTHING_DUE);

    assertThat(stage.mailer.mailsTo(nobody)).isEmpty();
    assertThat(stage.mailer.mailsTo(email)).hasSize(1);
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThat(request("ada")).isEqualTo(RequestOutcome.EMAIL_INVALID);
  }

  @Test
  void aTokenWorksOnce() {
    String token = mailedToken();
    reset(token, NEW);

    assertThat(reset(token, "a third battery")).isEqualTo(ResetOutcome.TOKEN_OVER);
    assertThat(stage.logIn(email, NEW).outcome()).isEqualTo(LogInOutcome.LOGGED_IN);
  }

  @Test
  void ofManyUsesAtOnceOneCounts() {
    String token = mailedToken();

    List<Future<PasswordReset>> resets =
        IntStream.range(0, 10)
            .mapToObj(
                i -> stage.passwordResets().reset(new ResetPassword(TokenHash.of(token), NEW + i)))
            .toList();
    UserStage.await(Future.join(resets));

    assertThat(resets)
        .extracting(one -> one.result().outcome())
        .containsOnly(ResetOutcome.RESET, ResetOutcome.TOKEN_OVER)
        .containsOnlyOnce(ResetOutcome.RESET);
  }

  @Test
  void aRefusedPasswordDoesNotUseTheTokenUp() {
    String token = mailedToken();

    assertThat(reset(token, "short")).isEqualTo(ResetOutcome.PASSWORD_INVALID);
    assertThat(reset(token, NEW)).isEqualTo(ResetOutcome.RESET);
  }

  @Test
  void aTokenIsOverAfterAnHourAndForgottenADayLater() {
    String token = mailedToken();

    stage.timers.advance(Duration.ofMinutes(60));
    assertThat(reset(token, NEW)).isEqualTo(ResetOutcome.TOKEN_OVER);
    stage.timers.advance(Duration.ofDays(1));
    stage.sweep();

    assertThat(reset(token, NEW)).isEqualTo(ResetOutcome.TOKEN_UNKNOWN);
    assertThat(stage.logIn(email, UserStage.PASSWORD).outcome()).isEqualTo(LogInOutcome.LOGGED_IN);
  }

  @Test
  void whatWasNeverMailedIsUnknown() {
    assertThat(reset("a guess", NEW)).isEqualTo(ResetOutcome.TOKEN_UNKNOWN);
    assertThat(
            UserStage.await(stage.passwordResets().reset(new ResetPassword("\0'; DROP", NEW)))
                .outcome())
        .isEqualTo(ResetOutcome.TOKEN_UNKNOWN);
  }

  @Test
  void aResetVoidsEveryOtherLink() {
    String first = mailedToken();
    String second = mailedToken();

    assertThat(reset(second, NEW)).isEqualTo(ResetOutcome.RESET);

    assertThat(reset(first, "a third battery")).isEqualTo(ResetOutcome.TOKEN_OVER);
  }

  @Test
  void aChangedPasswordVoidsTheLink() {
    String token = mailedToken();

    UserStage.await(
        stage
            .passwordChanges()
            .change(new ChangePassword(TokenHash.of(ada.token()), UserStage.PASSWORD, NEW)));

    assertThat(reset(token, "a third battery")).isEqualTo(ResetOutcome.TOKEN_OVER);
  }

  @Test
  void whatWasMailedToAnOldAddressDoesNotChangeTheAccount() {
    String token = mailedToken();

    stage.link(ada.token(), "new" + email, UserStage.PASSWORD, UserStage.PASSWORD);

    assertThat(reset(token, NEW)).isEqualTo(ResetOutcome.TOKEN_OVER);
  }

  @Test
  void aLoginWithTheOldPasswordThatIsUnderWayDoesNotOutliveTheReset() {
    String token = mailedToken();
    LoggedIn before = stage.logIn(email, UserStage.PASSWORD);

    reset(token, NEW);

    assertThat(stage.authenticate(before.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void whoAsksAgainAndAgainGetsThreeMailsAnHour() {
    for (int i = 0; i < 5; i++) {
      request(email);
      assertThat(round()).isEqualTo(Round.DONE);
    }
    assertThat(stage.mailer.mailsTo(email)).hasSize(3);

    stage.timers.advance(Duration.ofHours(1));
    mailedToken();

    assertThat(stage.mailer.mailsTo(email)).hasSize(4);
  }

  @Test
  void whoAsksTwiceBeforeTheFirstMailGetsOne() {
    request(email);
    request(email);

    assertThat(round()).isEqualTo(Round.DONE);
    assertThat(round()).isEqualTo(Round.NOTHING_DUE);
    assertThat(stage.mailer.mailsTo(email)).hasSize(1);
  }

  @Test
  void moreThanMayWaitAreRefusedForEverybodyAlike() {
    for (int i = 0; i < 5; i++) {
      request("waiting" + i + "@example.org");
    }

    for (String address : List.of(email, "nobody@example.org")) {
      assertThatThrownBy(() -> request(address))
          .isInstanceOfSatisfying(
              ServiceFailure.class,
              failure -> assertThat(failure.code()).isEqualTo(ServiceFailure.Code.OVERLOADED));
    }
  }

  @Test
  void aMailThatFailsIsTriedAgainAndLaterEachTime() {
    stage.mailer.refuse(true);
    request(email);

    assertThat(round()).isEqualTo(Round.FAILED);
    assertThat(round()).as("not at once").isEqualTo(Round.NOTHING_DUE);
    stage.timers.advance(Duration.ofSeconds(5));
    assertThat(round()).isEqualTo(Round.FAILED);
    stage.timers.advance(Duration.ofSeconds(5));
    assertThat(round()).as("twice as long").isEqualTo(Round.NOTHING_DUE);
    stage.mailer.refuse(false);
    stage.timers.advance(Duration.ofSeconds(5));
    assertThat(round()).isEqualTo(Round.DONE);

    assertThat(stage.mailer.mailsTo(email)).hasSize(1);
    assertThat(reset(TestMailer.token(stage.mailer.mailsTo(email).get(0)), NEW))
        .isEqualTo(ResetOutcome.RESET);
  }

  @Test
  void aRequestThatCannotBeMailedForAnHourIsGivenUpAndCounted() {
    String before = stage.resetMails().counts().details().get("resets.given-up");
    stage.mailer.refuse(true);
    request(email);
    round();

    stage.timers.advance(Duration.ofHours(1));
    assertThat(round()).isEqualTo(Round.DONE);

    assertThat(stage.count("SELECT count(*) FROM password_reset_requests")).isZero();
    assertThat(stage.resetMails().counts().details().get("resets.given-up"))
        .isEqualTo(String.valueOf(Integer.parseInt(before) + 1));
  }

  @Test
  void aMailWhoseAnswerWasLostIsSentAgainAndBothLinksAreGood() {
    stage.mailer.loseAnswers(true);
    request(email);
    assertThat(round()).isEqualTo(Round.FAILED);
    stage.mailer.loseAnswers(false);
    stage.timers.advance(Duration.ofSeconds(5));
    assertThat(round()).isEqualTo(Round.DONE);

    List<Mail> mails = stage.mailer.mailsTo(email);
    assertThat(mails).hasSize(2);
    assertThat(reset(TestMailer.token(mails.get(0)), NEW)).isEqualTo(ResetOutcome.RESET);
    assertThat(reset(TestMailer.token(mails.get(1)), NEW)).isEqualTo(ResetOutcome.TOKEN_OVER);
  }

  @Test
  void ofManyInstancesThatLookAtOnceOneMailsIt() {
    request(email);

    List<Future<Round>> rounds =
        IntStream.range(0, 10).mapToObj(i -> stage.resetMails().round()).toList();
    UserStage.await(Future.join(rounds));

    assertThat(stage.mailer.mailsTo(email)).hasSize(1);
    assertThat(rounds).extracting(Future::result).containsOnlyOnce(Round.DONE);
  }

  @Test
  void aRequestAndALinkOutliveARestart() {
    String token = mailedToken();
    request(email);

    stage.restart();

    assertThat(round()).as("the request").isEqualTo(Round.DONE);
    assertThat(stage.mailer.mailsTo(email)).hasSize(2);
    assertThat(reset(token, NEW)).as("the link").isEqualTo(ResetOutcome.RESET);
  }

  @Test
  void whatAnInstanceHadInHandWhenItDiedIsMailedByAnother() {
    request(email);
    UserStage.await(stage.resetRequests().take(Duration.ofSeconds(50)));
    assertThat(round()).as("while it may still live").isEqualTo(Round.NOTHING_DUE);

    stage.timers.advance(Duration.ofSeconds(50));

    assertThat(round()).isEqualTo(Round.DONE);
    assertThat(stage.mailer.mailsTo(email)).hasSize(1);
  }
}
