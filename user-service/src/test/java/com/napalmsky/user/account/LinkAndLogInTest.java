package com.napalmsky.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.Link;
import com.napalmsky.shared.contract.user.UserContract.LinkOutcome;
import com.napalmsky.shared.contract.user.UserContract.Linked;
import com.napalmsky.shared.contract.user.UserContract.LogIn;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.LogOut;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LinkAndLogInTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private static final String PASSWORD = UserStage.PASSWORD;
  private static int people;

  private String email;
  private SignedUp ada;

  @BeforeEach
  void aGuest() {
    email = "ada" + ++people + "@example.org";
    ada = stage.signUp("Ada");
    stage.forgetAnnouncements();
  }

  @Test
  void aLinkedGuestIsPermanentAndHisSessionLastsThirtyDays() {
    assertThat(stage.link(ada.token(), email, PASSWORD, null)).isEqualTo(LinkOutcome.LINKED);

    var session = stage.authenticate(ada.token()).session();
    assertThat(session.permanent()).isTrue();
    assertThat(session.expiresAt()).isEqualTo(stage.timers.now().plus(Duration.ofDays(30)));
  }

  @Test
  void aPasswordIsNowhereInTheDatabase() {
    stage.link(ada.token(), email, "a very peculiar password", null);

    assertThat(stage.count("SELECT count(*) FROM users u WHERE u::text LIKE '%peculiar%'"))
        .isZero();
    assertThat(
            stage.count(
                "SELECT count(*) FROM users WHERE email = $1 AND password_hash LIKE '$2b$%'",
                email))
        .isEqualTo(1);
  }

  @Test
  void anAddressInOtherCaseIsTaken() {
    stage.link(ada.token(), email, PASSWORD, null);
    SignedUp eve = stage.signUp("Eve");

    assertThat(stage.link(eve.token(), email.toUpperCase(), PASSWORD, null))
        .isEqualTo(LinkOutcome.EMAIL_TAKEN);
    assertThat(stage.authenticate(eve.token()).session().permanent()).isFalse();
  }

  @Test
  void ofManyWhoLinkOneAddressAtOnceOneGetsIt() {
    List<SignedUp> guests =
        IntStream.range(0, 20).mapToObj(i -> stage.signUp("Guest " + i)).toList();

    List<Future<Linked>> links =
        guests.stream()
            .map(
                guest ->
                    stage
                        .links()
                        .link(new Link(TokenHash.of(guest.token()), email, PASSWORD, null)))
            .toList();
    UserStage.await(Future.join(links));

    assertThat(links)
        .extracting(link -> link.result().outcome())
        .containsOnly(LinkOutcome.LINKED, LinkOutcome.EMAIL_TAKEN)
        .filteredOn(outcome -> outcome == LinkOutcome.LINKED)
        .hasSize(1);
  }

  @Test
  void addressesAndPasswordsOfTheWrongShapeAreRefused() {
    for (String wrong :
        List.of(
            "",
            "ada",
            "ada@",
            "@example.org",
            "ada@example",
            "a da@example.org",
            "ada@ex@ample.org",
            "ada@example..org",
            "ada@.org",
            "ada\0@example.org",
            "a".repeat(250) + "@b.org")) {
      assertThat(stage.link(ada.token(), wrong, PASSWORD, null))
          .as(wrong)
          .isEqualTo(LinkOutcome.EMAIL_INVALID);
    }
    assertThat(stage.link(ada.token(), email, "1234567", null))
        .isEqualTo(LinkOutcome.PASSWORD_INVALID);
    assertThat(stage.link(ada.token(), email, "x".repeat(129), null))
        .isEqualTo(LinkOutcome.PASSWORD_INVALID);
  }

  @Test
  void aPermanentAccountChangesOnlyWithItsPassword() {
    stage.link(ada.token(), email, PASSWORD, null);

    assertThat(stage.link(ada.token(), "thief" + email, "another password", null))
        .isEqualTo(LinkOutcome.ALREADY_PERMANENT);
    assertThat(stage.link(ada.token(), "thief" + email, "another password", "a wrong guess"))
        .isEqualTo(LinkOutcome.ALREADY_PERMANENT);
    assertThat(stage.link(ada.token(), "new" + email, "another password", PASSWORD))
        .isEqualTo(LinkOutcome.LINKED);

    assertThat(stage.logIn(email, PASSWORD).outcome()).isEqualTo(LogInOutcome.REFUSED);
    assertThat(stage.logIn("new" + email, "another password").outcome())
        .isEqualTo(LogInOutcome.LOGGED_IN);
  }

  @Test
  void aLoginDisplacesAllOtherSessionsAndTellsAll() {
    stage.link(ada.token(), email, PASSWORD, null);
    LoggedIn first = stage.logIn(email, PASSWORD);

    LoggedIn second = stage.logIn(email.toUpperCase(), PASSWORD);

    assertThat(first.displaced()).isEqualTo(1);
    assertThat(second.displaced()).isEqualTo(1);
    assertThat(second.email()).isEqualTo(email);
    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.DISPLACED);
    assertThat(stage.authenticate(first.token()).verdict()).isEqualTo(Verdict.DISPLACED);
    assertThat(stage.authenticate(second.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(stage.announced(SessionsEnded.class))
        .containsExactly(
            new SessionsEnded(
                ada.session().userId(), List.of(ada.session().sessionId()), SessionEnd.NEW_LOGIN),
            new SessionsEnded(
                ada.session().userId(),
                List.of(first.session().sessionId()),
                SessionEnd.NEW_LOGIN));
  }

  @Test
  void ofLoginsAtTheSameTimeOneSessionStands() {
    stage.link(ada.token(), email, PASSWORD, null);

    List<Future<LoggedIn>> logIns =
        IntStream.range(0, 20)
            .mapToObj(i -> stage.logIns().logIn(new LogIn(email, PASSWORD, UserStage.ORIGIN)))
            .toList();
    UserStage.await(Future.join(logIns));

    assertThat(
            stage.count(
                "SELECT count(*) FROM sessions WHERE user_id = $1 AND state = 'active'",
                ada.session().userId()))
        .isEqualTo(1);
    assertThat(logIns.stream().mapToInt(logIn -> logIn.result().displaced()).sum()).isEqualTo(20);
  }

  @Test
  void aDisplacedSessionCannotLink() {
    stage.link(ada.token(), email, PASSWORD, null);
    LoggedIn elsewhere = stage.logIn(email, PASSWORD);
    assertThat(elsewhere.outcome()).isEqualTo(LogInOutcome.LOGGED_IN);

    assertThat(stage.link(ada.token(), "new" + email, "another password", PASSWORD))
        .isEqualTo(LinkOutcome.SESSION_REFUSED);
    assertThat(stage.link("no such token", "new" + email, PASSWORD, null))
        .isEqualTo(LinkOutcome.SESSION_REFUSED);
  }

  @Test
  void linkingDisplacesTheOtherSessions() {
    stage.link(ada.token(), email, PASSWORD, null);
    LoggedIn phone = stage.logIn(email, PASSWORD);

    stage.link(phone.token(), email, "another password", PASSWORD);

    assertThat(stage.authenticate(phone.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(
            stage.count(
                "SELECT count(*) FROM sessions WHERE user_id = $1 AND state = 'active'",
                ada.session().userId()))
        .isEqualTo(1);
  }

  @Test
  void unknownAddressWrongPasswordAndGuestAreOneAnswer() {
    stage.link(ada.token(), email, PASSWORD, null);

    assertThat(stage.logIn("nobody@example.org", PASSWORD))
        .isEqualTo(stage.logIn(email, "wrong password"))
        .isEqualTo(stage.logIn("not an address", PASSWORD))
        .extracting(LoggedIn::outcome)
        .isEqualTo(LogInOutcome.REFUSED);
    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.ACTIVE);
  }

  @Test
  void aBannedPersonIsToldOnlyWithTheRightPassword() {
    stage.link(ada.token(), email, PASSWORD, null);
    stage.sql(
        "UPDATE users SET ban_status = 'temporary' WHERE user_id = $1", ada.session().userId());

    assertThat(stage.logIn(email, "wrong password").outcome()).isEqualTo(LogInOutcome.REFUSED);
    LoggedIn banned = stage.logIn(email, PASSWORD);
    assertThat(banned.outcome()).isEqualTo(LogInOutcome.BANNED);
    assertThat(banned.banStatus()).isEqualTo(BanStatus.TEMPORARY);
    assertThat(banned.token()).isNull();
    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.BANNED);
  }

  @Test
  void aHashOfTheOldSystemStaysValid() {
    stage.link(ada.token(), email, PASSWORD, null);
    stage.sql(
        "UPDATE users SET password_hash ="
            + " '$2a$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e'"
            + " WHERE user_id = $1",
        ada.session().userId());

    assertThat(stage.logIn(email, "correct horse").outcome()).isEqualTo(LogInOutcome.LOGGED_IN);
  }

  @Test
  void loggingOutEndsTheSessionAndMayBeRepeated() {
    for (int i = 0; i < 2; i++) {
      assertThat(UserStage.await(stage.sessions().logOut(new LogOut(TokenHash.of(ada.token())))))
          .isNotNull();
    }
    assertThat(UserStage.await(stage.sessions().logOut(new LogOut(TokenHash.of("no such token")))))
        .isNotNull();

    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(stage.announced(SessionsEnded.class))
        .isNotEmpty()
        .containsOnly(
            new SessionsEnded(
                ada.session().userId(), List.of(ada.session().sessionId()), SessionEnd.LOGGED_OUT));
  }

  @Test
  void aRestartForgetsNothing() {
    stage.link(ada.token(), email, PASSWORD, null);

    stage.restart();

    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(stage.logIn(email, PASSWORD).outcome()).isEqualTo(LogInOutcome.LOGGED_IN);
    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.DISPLACED);
  }
}
