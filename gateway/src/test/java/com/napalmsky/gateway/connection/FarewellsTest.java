package com.napalmsky.gateway.connection;

import static com.napalmsky.gateway.connection.TestLoop.ANNA;
import static com.napalmsky.gateway.connection.TestLoop.BEN;
import static com.napalmsky.gateway.connection.TestLoop.INVITE;
import static com.napalmsky.gateway.connection.TestLoop.ROOM;
import static com.napalmsky.gateway.connection.TestLoop.room;
import static com.napalmsky.gateway.connection.TestLoop.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallNotify;
import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.presence.PresenceContract.Disconnect;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FarewellsTest {

  private static final Duration AT_MOST = Duration.ofSeconds(2);

  private final TestLoop loop = new TestLoop();

  @Test
  void whoLogsInElsewhereIsToldAndThenClosed() {
    FakeSocket socket = loop.inLobby("anna", BEN);

    loop.end(ANNA, SessionEnd.NEW_LOGIN);
    loop.say(socket, "presence:join");
    loop.change(BEN, PresenceState.AVAILABLE, PresenceState.ONLINE);
    assertThat(socket.closed()).isNull();
    loop.timers.advance(AT_MOST);

    assertThat(socket.events()).containsExactly("session:invalidated");
    assertThat(socket.got("session:invalidated").get(0).getString("reason")).isEqualTo("new_login");
    assertThat(socket.closed()).isEqualTo(CloseReason.DISPLACED);
    assertThat(loop.bus.sent(Disconnect.class)).hasSize(1);
  }

  @Test
  void otherSessionsOfTheUserStay() {
    FakeSocket socket = loop.signedIn("anna");

    loop.handler.sessionsEnded(
        new SessionsEnded(ANNA, List.of(new UUID(3, 3)), SessionEnd.NEW_LOGIN));
    loop.timers.advance(AT_MOST);

    assertThat(socket.closed()).isNull();
    assertThat(socket.got()).isEmpty();
  }

  @Test
  void aDisplacedSocketTakesNoInvite() {
    FakeSocket socket = loop.signedIn("anna");
    loop.end(ANNA, SessionEnd.NEW_LOGIN);

    assertThat(loop.order(socket, notification())).isFalse();
  }

  @Test
  void aRunningCallMayBeFinishedOnADisplacedSocket() {
    FakeSocket socket = loop.inCall("anna");

    loop.end(ANNA, SessionEnd.NEW_LOGIN);
    loop.timers.advance(Duration.ofMinutes(5));
    loop.say(socket, "room:chat", room("text", "still here"));
    assertThat(socket.got()).isEmpty();
    loop.say(socket, "queue:join");
    assertThat(loop.order(socket, notification())).isFalse();
    loop.order(socket, new SessionFinalized("s", ROOM, 300, EndReason.LEFT, null));
    loop.timers.advance(AT_MOST);

    assertThat(loop.bus.sent(Command.class)).hasSize(1);
    assertThat(socket.events())
        .containsExactly("error", "session:finalized", "session:invalidated");
    assertThat(socket.closed()).isEqualTo(CloseReason.DISPLACED);
  }

  @Test
  void aDisplacedSocketDoesNotStayForEverWhenItsEndIsLost() {
    FakeSocket socket = loop.inCall("anna");

    loop.end(ANNA, SessionEnd.NEW_LOGIN);
    loop.timers.advance(Duration.ofMinutes(33));

    assertThat(socket.closed()).isEqualTo(CloseReason.DISPLACED);
  }

  @Test
  void logoutClosesAtOnceAlsoInACall() {
    FakeSocket socket = loop.inCall("anna");

    loop.end(ANNA, SessionEnd.LOGGED_OUT);

    assertThat(socket.closed()).isEqualTo(CloseReason.LOGGED_OUT);
    assertThat(loop.bus.sent(Command.class)).hasSize(1);
  }

  @Test
  void aBanEndsEverySocketOfTheUserWhateverItsSession() {
    FakeSocket one = loop.signedIn("anna");
    FakeSocket two = loop.signedIn("anna");
    FakeSocket other = loop.signedIn("ben");

    loop.ban(ANNA, BanStatus.TEMPORARY);
    loop.ban(ANNA, BanStatus.TEMPORARY);

    assertThat(one.events()).containsExactly("auth:banned");
    assertThat(one.closed()).isEqualTo(CloseReason.BANNED);
    assertThat(two.closed()).isEqualTo(CloseReason.BANNED);
    assertThat(other.closed()).isNull();
    assertThat(loop.handler.sizes().users()).isEqualTo(1);
  }

  @Test
  void aBanEndsASocketInACallAndOneThatFinishesItsCall() {
    FakeSocket inCall = loop.inCall("anna");
    FakeSocket finishing = loop.inCall("ben");
    loop.end(BEN, SessionEnd.NEW_LOGIN);

    loop.ban(ANNA, BanStatus.PERMANENT);
    loop.ban(BEN, BanStatus.PERMANENT);

    assertThat(inCall.closed()).isEqualTo(CloseReason.BANNED);
    assertThat(finishing.closed()).isEqualTo(CloseReason.BANNED);
    assertThat(finishing.events()).containsExactly("auth:banned");
  }

  @Test
  void aBanThatIsOverEndsNoSocket() {
    FakeSocket socket = loop.signedIn("anna");

    loop.ban(ANNA, BanStatus.NONE);
    loop.ban(ANNA, BanStatus.VINDICATED);
    loop.handler.banChanged(
        new BanChanged(ANNA, BanStatus.TEMPORARY, loop.timers.now(), loop.timers.now()));

    assertThat(socket.closed()).isNull();
    assertThat(socket.got()).isEmpty();
  }

  @Test
  void aBannedAddressHasNoSocketsWhoeverIsBehindThem() {
    FakeSocket member = loop.inCall("anna");
    FakeSocket stranger = loop.connected(null);
    loop.keepOut("203.0.113.0/24");
    loop.handler.addressesBanned();
    assertThat(member.closed()).isNull();

    loop.keepOut("192.0.2.0/24");
    loop.handler.addressesBanned();

    assertThat(member.events()).containsExactly("auth:banned");
    assertThat(member.got("auth:banned").get(0).getString("message")).contains("banned");
    assertThat(member.closed()).isEqualTo(CloseReason.BANNED);
    assertThat(stranger.closed()).isEqualTo(CloseReason.BANNED);
    assertThat(loop.handler.sizes().sockets()).isZero();
  }

  @Test
  void aDeletedAccountHasNoSockets() {
    FakeSocket socket = loop.signedIn("anna");

    loop.end(ANNA, SessionEnd.DELETED);

    assertThat(socket.closed()).isEqualTo(CloseReason.ACCOUNT_DELETED);
  }

  @Test
  void aFinalizedCallOfAnotherRoomChangesNothing() {
    FakeSocket socket = loop.inCall("anna");
    loop.end(ANNA, SessionEnd.NEW_LOGIN);

    loop.order(socket, new SessionFinalized("s", new UUID(8, 8), 1, EndReason.LEFT, null));
    loop.timers.advance(AT_MOST);

    assertThat(socket.closed()).isNull();
  }

  private static CallNotify notification() {
    return new CallNotify(
        INVITE, session(BEN, PaidStatus.PAID).person(), 300, 20_000, Instant.EPOCH);
  }

  @Test
  void theTokenOfTheOtherLoginDoesNotReviveADisplacedSocket() {
    FakeSocket socket = loop.inCall("anna");
    loop.end(ANNA, SessionEnd.NEW_LOGIN);

    loop.say(socket, "auth", new JsonObject().put("sessionToken", "anna"));

    loop.say(socket, "presence:join");

    assertThat(socket.events()).containsExactly("error", "error");
  }
}
