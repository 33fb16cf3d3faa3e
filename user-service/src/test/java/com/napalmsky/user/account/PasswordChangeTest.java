package com.napalmsky.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.AccountContract.ChangeOutcome;
import com.napalmsky.shared.contract.user.AccountContract.ChangePassword;
import com.napalmsky.shared.contract.user.AccountContract.PasswordChanged;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PasswordChangeTest {

  @RegisterExtension static final UserStage stage = new UserStage();

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

  private ChangeOutcome change(String token, String current, String wished) {
    return UserStage.await(
            stage
                .passwordChanges()
                .change(new ChangePassword(TokenHash.of(token), current, wished)))
        .outcome();
  }

  @Test
  void theNewPasswordCountsAndTheOldOneDoesNot() {
    assertThat(change(ada.token(), UserStage.PASSWORD, NEW)).isEqualTo(ChangeOutcome.CHANGED);

    assertThat(stage.logIn(email, UserStage.PASSWORD).outcome()).isEqualTo(LogInOutcome.REFUSED);
    assertThat(stage.logIn(email, NEW).outcome()).isEqualTo(LogInOutcome.LOGGED_IN);
  }

  @Test
  void theSessionThatAsksGoesOnAndAllOthersAreDisplaced() {
    LoggedIn phone = stage.logIn(email, UserStage.PASSWORD);
    stage.sql(
        "UPDATE sessions SET state = 'active', ended_at = NULL WHERE session_id = $1",
        ada.session().sessionId());
    stage.forgetAnnouncements();

    assertThat(change(phone.token(), UserStage.PASSWORD, NEW)).isEqualTo(ChangeOutcome.CHANGED);

    assertThat(stage.authenticate(phone.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.DISPLACED);
    assertThat(stage.announced(SessionsEnded.class))
        .containsExactly(
            new SessionsEnded(
                ada.session().userId(), List.of(ada.session().sessionId()), SessionEnd.NEW_LOGIN));
  }

  @Test
  void aTokenAloneChangesNothing() {
    assertThat(change(ada.token(), "a wrong guess", NEW)).isEqualTo(ChangeOutcome.PASSWORD_WRONG);

    assertThat(stage.logIn(email, UserStage.PASSWORD).outcome()).isEqualTo(LogInOutcome.LOGGED_IN);
  }

  @Test
  void aNewPasswordOfTheWrongSizeIsRefused() {
    for (String wrong : List.of("", "1234567", "x".repeat(129))) {
      assertThat(change(ada.token(), UserStage.PASSWORD, wrong))
          .isEqualTo(ChangeOutcome.PASSWORD_INVALID);
    }
  }

  @Test
  void aGuestHasNoPasswordToChange() {
    assertThat(change(stage.signUp("Guest").token(), UserStage.PASSWORD, NEW))
        .isEqualTo(ChangeOutcome.NO_PASSWORD);
  }

  @Test
  void aSessionThatIsOverChangesNothing() {
    stage.logIn(email, UserStage.PASSWORD);

    assertThat(change(ada.token(), UserStage.PASSWORD, NEW))
        .isEqualTo(ChangeOutcome.SESSION_REFUSED);
    assertThat(change("no such token", UserStage.PASSWORD, NEW))
        .isEqualTo(ChangeOutcome.SESSION_REFUSED);
  }

  @Test
  void ofManyChangesAtOnceOneCounts() {
    List<Future<PasswordChanged>> changes =
        IntStream.range(0, 10)
            .mapToObj(
                i ->
                    stage
                        .passwordChanges()
                        .change(
                            new ChangePassword(
                                TokenHash.of(ada.token()), UserStage.PASSWORD, NEW + i)))
            .toList();
    UserStage.await(Future.join(changes));

    assertThat(changes)
        .extracting(change -> change.result().outcome())
        .containsOnly(ChangeOutcome.CHANGED, ChangeOutcome.PASSWORD_WRONG)
        .containsOnlyOnce(ChangeOutcome.CHANGED);
  }
}
