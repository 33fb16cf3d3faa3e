package com.napalmsky.user.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.user.SessionContract.EndSession;
import com.napalmsky.shared.contract.user.SessionContract.ListSessions;
import com.napalmsky.shared.contract.user.SessionContract.LogOutEverywhere;
import com.napalmsky.shared.contract.user.SessionContract.LoggedOutEverywhere;
import com.napalmsky.shared.contract.user.SessionContract.OwnSession;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.Origin;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.user.UserStage;
import com.napalmsky.user.session.Sessions.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OwnSessionsTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private SignedUp ada;
  private UUID adaId;

  @BeforeEach
  void aGuest() {
    ada = stage.signUp("Ada");
    adaId = ada.session().userId();
    stage.forgetAnnouncements();
  }

  /** A second active session, as an import from the old system leaves it. */
  @CanIgnoreReturnValue
  private Opened another(String address, String device) {
    return UserStage.await(
        stage
            .database()
            .transaction(
                tx -> stage.sessions().open(tx, adaId, false, new Origin(address, device))));
  }

  private List<OwnSession> list() {
    return UserStage.await(stage.ownSessions().list(new ListSessions(adaId))).sessions();
  }

  @CanIgnoreReturnValue
  private boolean end(UUID userId, UUID sessionId) {
    return UserStage.await(stage.ownSessions().end(new EndSession(userId, sessionId))).found();
  }

  private LoggedOutEverywhere logOutEverywhere(String token, boolean keepCurrent) {
    return UserStage.await(
        stage
            .ownSessions()
            .logOutEverywhere(new LogOutEverywhere(TokenHash.of(token), keepCurrent)));
  }

  @Test
  void theOwnSessionsAreListedTheOneUsedLastFirst() {
    Instant begun = stage.timers.now();
    stage.timers.advance(Duration.ofHours(2));
    Opened phone = another("2001:db8:1:2:3:4:5:6", "a phone");
    stage.timers.advance(Duration.ofHours(2));
    Instant used = stage.timers.now();
    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.ACTIVE);

    assertThat(list())
        .containsExactly(
            new OwnSession(ada.session().sessionId(), "test", "192.0.2.0/24", begun, used),
            new OwnSession(
                phone.sessionId(),
                "a phone",
                "2001:db8:1::/48",
                used.minus(Duration.ofHours(2)),
                used.minus(Duration.ofHours(2))));
  }

  @Test
  void sessionsThatAreOverAreNotListed() {
    Opened ended = another("192.0.2.1", "ended");
    Opened expired = another("192.0.2.1", "expired");
    end(adaId, ended.sessionId());
    stage.sql(
        "UPDATE sessions SET expires_at = $2 WHERE session_id = $1",
        expired.sessionId(),
        stage.timers.now().atOffset(java.time.ZoneOffset.UTC));

    assertThat(list()).extracting(OwnSession::device).containsExactly("test");
  }

  @Test
  void whatIsNoAddressIsNotShown() {
    another("unknown", "");
    stage.sql("UPDATE sessions SET device_info = NULL WHERE device_info = ''");

    assertThat(list()).extracting(OwnSession::network).contains("");
    assertThat(list()).extracting(OwnSession::device).contains("");
  }

  @Test
  void oneSessionEndsAndTheOthersGoOn() {
    Opened phone = another("192.0.2.9", "a phone");

    assertThat(end(adaId, phone.sessionId())).isTrue();
    assertThat(end(adaId, phone.sessionId())).as("once more").isTrue();

    assertThat(stage.authenticate(phone.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(stage.announced(SessionsEnded.class))
        .isNotEmpty()
        .containsOnly(new SessionsEnded(adaId, List.of(phone.sessionId()), SessionEnd.LOGGED_OUT));
  }

  @Test
  void nobodyEndsTheSessionOfAnother() {
    UUID eve = stage.user("Eve");

    assertThat(end(eve, ada.session().sessionId())).isFalse();
    assertThat(end(eve, UUID.randomUUID())).isFalse();

    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(stage.announced(SessionsEnded.class)).isEmpty();
  }

  @Test
  void aDisplacedSessionIsFoundAndStillSaysWhyItIsOver() {
    stage.link(ada.token(), "displaced@example.org", UserStage.PASSWORD, null);
    LoggedIn elsewhere = stage.logIn("displaced@example.org", UserStage.PASSWORD);
    stage.forgetAnnouncements();

    assertThat(end(adaId, ada.session().sessionId())).isTrue();

    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.DISPLACED);
    assertThat(stage.authenticate(elsewhere.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(stage.announced(SessionsEnded.class)).isEmpty();
  }

  @Test
  void loggingOutEverywhereEndsThisSessionToo() {
    Opened phone = another("192.0.2.9", "a phone");

    assertThat(logOutEverywhere(ada.token(), false)).isEqualTo(new LoggedOutEverywhere(true, 2));

    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(stage.authenticate(phone.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(stage.announced(SessionsEnded.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.userId()).isEqualTo(adaId);
              assertThat(event.end()).isEqualTo(SessionEnd.LOGGED_OUT);
              assertThat(event.sessionIds())
                  .containsExactlyInAnyOrder(ada.session().sessionId(), phone.sessionId());
            });
  }

  @Test
  void loggingOutEverywhereElseKeepsThisSession() {
    Opened phone = another("192.0.2.9", "a phone");

    assertThat(logOutEverywhere(ada.token(), true)).isEqualTo(new LoggedOutEverywhere(true, 1));

    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(stage.authenticate(phone.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aDisplacedSessionHasNoSayOverTheNewOne() {
    stage.link(ada.token(), "over@example.org", UserStage.PASSWORD, null);
    LoggedIn elsewhere = stage.logIn("over@example.org", UserStage.PASSWORD);

    assertThat(logOutEverywhere(ada.token(), false)).isEqualTo(new LoggedOutEverywhere(false, 0));
    assertThat(logOutEverywhere("no such token", false).allowed()).isFalse();

    assertThat(stage.authenticate(elsewhere.token()).verdict()).isEqualTo(Verdict.ACTIVE);
  }
}
