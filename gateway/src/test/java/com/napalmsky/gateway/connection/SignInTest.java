package com.napalmsky.gateway.connection;

import static com.napalmsky.gateway.connection.TestLoop.ANNA;
import static com.napalmsky.gateway.connection.TestLoop.OWNER;
import static com.napalmsky.gateway.connection.TestLoop.ROOM;
import static com.napalmsky.gateway.connection.TestLoop.answer;
import static com.napalmsky.gateway.connection.TestLoop.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.connection.TestLoop.Acknowledged;
import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.gateway.socketio.SocketHandler.Decision;
import com.napalmsky.gateway.socketio.SocketHandler.Decision.Refuse;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Connect;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.Join;
import com.napalmsky.shared.contract.presence.PresenceContract.Located;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignInTest {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final TestLoop loop = new TestLoop();

  @Test
  void aGoodTokenIsWelcomedAndPresenceToldWithoutAnyEvent() {
    FakeSocket socket = loop.connected("anna");

    assertThat(socket.events()).containsExactly("auth:success");
    assertThat(socket.got("auth:success").get(0).getLong("serverTime"))
        .isEqualTo(loop.timers.now().toEpochMilli());
    assertThat(loop.bus.sent(Connect.class)).containsExactly(new Connect(ANNA, loop.ref(socket)));
  }

  @Test
  void aSocketWithoutTokenIsClosedWhenNothingProvesWhoItIs() {
    FakeSocket without = loop.connected(null);
    FakeSocket unknown = loop.connected("nobody");

    loop.timers.advance(DEADLINE.minusMillis(1));
    assertThat(without.closed()).isNull();
    loop.timers.advance(Duration.ofMillis(1));

    assertThat(without.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
    assertThat(unknown.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
    assertThat(without.got()).isEmpty();
    assertThat(unknown.got()).isEmpty();
    assertThat(loop.sent()).isEmpty();
  }

  @Test
  void oneTimerWatchesAllDeadlines() {
    for (int one = 0; one < 100; one++) {
      loop.connected(null);
    }

    assertThat(loop.timers.pending()).isEqualTo(1);
  }

  @Test
  void aDisplacedTokenFailsAndLeavesTheSocketUnknown() {
    FakeSocket socket = loop.connected("displaced");

    assertThat(socket.events()).containsExactly("auth:failed");
    assertThat(loop.sent()).isEmpty();
  }

  @Test
  void aBannedUserIsRefusedAtTheDoor() {
    Future<Decision> decision = loop.handler.onConnect(loop.socket("banned"), null);

    assertThat(decision.result()).isEqualTo(new Refuse("Account suspended", null));
  }

  @Test
  void whoWasBannedAfterHisTokenWasJudgedIsToldSoAndClosed() {
    FakeSocket socket = loop.socket("anna");
    assertThat(loop.handler.onConnect(socket, null).result()).isInstanceOf(Decision.Accept.class);

    loop.ban(ANNA, BanStatus.TEMPORARY);
    loop.handler.onConnected(socket);

    assertThat(socket.events()).containsExactly("auth:banned");
    assertThat(socket.closed()).isEqualTo(CloseReason.BANNED);
    assertThat(loop.bus.sent(Connect.class)).isEmpty();
    assertThat(loop.handler.sizes().sockets()).isZero();
  }

  @Test
  void aSocketWhoseAddressWasBannedAfterItWasOpenedIsToldSoAndClosed() {
    FakeSocket socket = loop.socket("anna");
    FakeSocket stranger = loop.socket(null);
    assertThat(loop.handler.onConnect(socket, null).result()).isInstanceOf(Decision.Accept.class);
    assertThat(loop.handler.onConnect(stranger, null).succeeded()).isTrue();

    loop.keepOut("192.0.2.1");
    loop.handler.onConnected(socket);
    loop.handler.onConnected(stranger);

    assertThat(socket.events()).containsExactly("auth:banned");
    assertThat(socket.closed()).isEqualTo(CloseReason.BANNED);
    assertThat(stranger.closed()).isEqualTo(CloseReason.BANNED);
    assertThat(loop.bus.sent(Connect.class)).isEmpty();
    assertThat(loop.handler.sizes().sockets()).isZero();
  }

  @Test
  void aTokenThatWasGoodBeforeTheBanMakesNoSocketKnown() {
    FakeSocket socket = loop.connected(null);
    loop.ban(ANNA, BanStatus.TEMPORARY);

    loop.say(socket, "auth", token("anna"));

    assertThat(socket.events()).containsExactly("auth:banned");
    assertThat(socket.closed()).isEqualTo(CloseReason.BANNED);
  }

  @Test
  void whoseBanWasLiftedIsWelcome() {
    loop.ban(ANNA, BanStatus.TEMPORARY);
    loop.ban(ANNA, BanStatus.NONE);

    assertThat(loop.connected("anna").events()).containsExactly("auth:success");
  }

  @Test
  void authMakesASocketKnownThatConnectedWithoutToken() {
    FakeSocket socket = loop.connected(null);

    Acknowledged acknowledged = loop.ask(socket, "auth", token("anna"));
    loop.timers.advance(DEADLINE);

    assertThat(socket.events()).containsExactly("auth:success");
    assertThat(acknowledged.only().getBoolean("ok")).isTrue();
    assertThat(socket.closed()).isNull();
    assertThat(loop.bus.sent(Connect.class)).hasSize(1);
  }

  @Test
  void authOfTheSameUserAgainOnlySaysSuccessAgain() {
    FakeSocket socket = loop.inLobby("anna");
    socket.forget();
    loop.bus.forget();

    loop.say(socket, "auth", token("anna"));

    assertThat(socket.events()).containsExactly("auth:success");
    assertThat(loop.sent()).isEmpty();
    assertThat(loop.lobby.sizes().seats()).isEqualTo(1);
  }

  @Test
  void authOfSomebodyElseFailsAndChangesNothing() {
    FakeSocket socket = loop.signedIn("anna");

    Acknowledged acknowledged = loop.ask(socket, "auth", token("ben"));
    loop.say(socket, "presence:join");

    assertThat(socket.events()).containsExactly("auth:failed");
    assertThat(acknowledged.only().getBoolean("ok")).isFalse();
    assertThat(loop.bus.sent(Join.class)).containsExactly(new Join(ANNA, loop.ref(socket)));
  }

  @Test
  void authOfABannedUserEndsTheSocket() {
    FakeSocket socket = loop.connected(null);

    loop.say(socket, "auth", token("banned"));

    assertThat(socket.events()).containsExactly("auth:banned");
    assertThat(socket.got("auth:banned").get(0).getBoolean("banned")).isTrue();
    assertThat(socket.closed()).isEqualTo(CloseReason.BANNED);
  }

  @Test
  void authWithAWorthlessTokenFailsAndTheDeadlineStands() {
    FakeSocket socket = loop.connected(null);

    loop.say(socket, "auth", token("nobody"));
    loop.timers.advance(DEADLINE);

    assertThat(socket.events()).containsExactly("auth:failed");
    assertThat(socket.closed()).isEqualTo(CloseReason.UNAUTHENTICATED);
  }

  @Test
  void whoCannotBeJudgedNowIsLetInAndJudgedLater() {
    loop.tokens.put("later", TestLoop.unreachable());
    FakeSocket socket = loop.connected("later");
    assertThat(socket.events()).containsExactly("error");

    loop.timers.advance(DEADLINE);
    assertThat(socket.closed()).isNull();
    loop.tokens.put("later", answer(Verdict.ACTIVE, session(ANNA, PaidStatus.PAID)));
    loop.timers.advance(DEADLINE);

    assertThat(socket.events()).containsExactly("error", "auth:success");
  }

  @Test
  void whoCannotBeJudgedIsJudgedAgainLongBeforeTheGraceOfHisCallIsOver() {
    loop.answer(
        PresenceContract.CONNECT, connect -> new Connected(PresenceState.IN_CALL, ROOM, null));
    loop.tokens.put("later", TestLoop.unreachable());
    FakeSocket socket = loop.connected("later");

    loop.timers.advance(Duration.ofMillis(500));
    assertThat(socket.events()).containsExactly("error");
    loop.tokens.put("later", answer(Verdict.ACTIVE, session(ANNA, PaidStatus.PAID)));
    loop.timers.advance(Duration.ofSeconds(1));

    assertThat(socket.events()).containsExactly("error", "auth:success");
    assertThat(loop.bus.sent(Command.class))
        .containsExactly(new Command(ROOM, ANNA, loop.ref(socket), new CallAction.Return()));
  }

  @Test
  void aSessionThatEndsBetweenItsJudgementAndTheWelcomeIsNotWelcomed() {
    FakeSocket socket = loop.socket("anna");
    Future<Decision> decision = loop.handler.onConnect(socket, null);
    loop.end(ANNA, SessionEnd.NEW_LOGIN);
    loop.handler.onConnected(socket);

    assertThat(decision.succeeded()).isTrue();
    assertThat(socket.events()).containsExactly("auth:failed");
    assertThat(loop.bus.sent(Connect.class)).isEmpty();
  }

  @Test
  void eventsWaitForAuthInTheirOrder() {
    Promise<Authenticated> judgement = Promise.promise();
    loop.tokens.put("slow", judgement.future());
    FakeSocket socket = loop.connected(null);

    loop.say(socket, "auth", token("slow"));
    loop.say(socket, "presence:join");
    Acknowledged joined = loop.ask(socket, "queue:join");
    assertThat(loop.sent()).isEmpty();
    judgement.complete(new Authenticated(Verdict.ACTIVE, session(ANNA, PaidStatus.PAID)));

    assertThat(joined.only().getString("state")).isEqualTo("available");
    assertThat(loop.sent())
        .extracting(sent -> sent.address())
        .containsExactly("presence.v1.connect", "presence.v1.join", "presence.v1.enter-queue");
  }

  @Test
  void theSocketThatIsOneTooManyIsClosedAtItsLoop() {
    FakeSocket old = loop.signedIn("anna");
    loop.answer(
        PresenceContract.CONNECT,
        connect -> new Connected(PresenceState.ONLINE, null, loop.ref(old)));

    loop.connected("anna");

    assertThat(old.closed()).isEqualTo(CloseReason.TOO_MANY_SOCKETS);
  }

  @Test
  void aMemberOfARunningCallIsPutBackIntoIt() {
    loop.answer(
        PresenceContract.CONNECT, connect -> new Connected(PresenceState.IN_CALL, ROOM, null));

    FakeSocket socket = loop.connected("anna");

    assertThat(loop.bus.sent(Command.class))
        .containsExactly(new Command(ROOM, ANNA, loop.ref(socket), new CallAction.Return()));
    assertThat(loop.sent())
        .extracting(sent -> sent.address())
        .containsExactly(
            "presence.v1.connect",
            SignalingContract.LOCATE.address(),
            SignalingContract.CALL.at(OWNER).address());
  }

  @Test
  void aMemberIsPutBackAsSoonAsHisCallCanBeReached() {
    loop.answer(
        PresenceContract.CONNECT, connect -> new Connected(PresenceState.IN_CALL, ROOM, null));
    loop.silence(SignalingContract.LOCATE);
    FakeSocket socket = loop.connected("anna");
    assertThat(loop.bus.sent(Command.class)).isEmpty();

    loop.answer(SignalingContract.LOCATE, locate -> new SignalingContract.Located(OWNER));
    loop.timers.advance(Duration.ofSeconds(5));

    assertThat(loop.bus.sent(Command.class))
        .containsExactly(new Command(ROOM, ANNA, loop.ref(socket), new CallAction.Return()));
    assertThat(loop.timers.pending()).isZero();
  }

  @Test
  void nobodyHearsOfTheLobbyBeforeHeIsKnown() {
    FakeSocket socket = loop.connected(null);

    loop.say(socket, "queue:join");
    loop.change(ANNA, PresenceState.ONLINE, PresenceState.AVAILABLE);

    assertThat(socket.got())
        .containsExactly(
            new FakeSocket.Got("error", new JsonObject().put("message", "Not authenticated")));
    assertThat(loop.lobby.sizes().seats()).isZero();
  }

  @Test
  void presenceThatCannotBeReachedIsToldLater() {
    loop.silence(PresenceContract.CONNECT);
    FakeSocket socket = loop.connected("anna");
    assertThat(socket.events()).containsExactly("auth:success", "error");
    loop.bus.forget();

    loop.answer(
        PresenceContract.CONNECT, connect -> new Connected(PresenceState.ONLINE, null, null));
    loop.timers.advance(Duration.ofSeconds(5));

    assertThat(loop.bus.sent(Connect.class)).hasSize(1);
    assertThat(loop.timers.pending()).isZero();
  }

  @Test
  void theNextEventBringsPresenceUpToDateAsWell() {
    loop.silence(PresenceContract.CONNECT);
    FakeSocket socket = loop.connected("anna");
    loop.answer(
        PresenceContract.CONNECT, connect -> new Connected(PresenceState.ONLINE, null, null));

    Acknowledged joined = loop.ask(socket, "presence:join");

    assertThat(joined.only().getBoolean("ok")).isTrue();
    assertThat(List.copyOf(loop.bus.sent(Connect.class))).hasSize(2);
  }

  private static JsonObject token(String token) {
    return new JsonObject().put("sessionToken", token);
  }

  @Test
  void aFullHouseRefusesWithAHintAndKeepsItsLastPlacesForRunningCalls() {
    loop.crowd.full = true;
    FakeSocket ben = new FakeSocket(7, "ben", false);
    FakeSocket stranger = new FakeSocket(8, null, false);
    locatedIn(null);

    Decision bens = loop.handler.onConnect(ben, null).result();
    Decision strangers = loop.handler.onConnect(stranger, null).result();
    locatedIn(ROOM);
    Decision inCall = loop.handler.onConnect(new FakeSocket(9, "anna", false), null).result();

    assertThat(bens).isInstanceOf(Refuse.class).isEqualTo(strangers);
    assertThat(((Refuse) bens).message()).contains("full");
    assertThat(((Refuse) bens).data()).isEqualTo("{\"retryAfter\":3}");
    assertThat(inCall).isInstanceOf(Decision.Accept.class);
  }

  private void locatedIn(UUID room) {
    var unused =
        loop.bus.answer(
            PresenceContract.LOCATE,
            locate ->
                new Located(
                    List.of(
                        new Location(
                            locate.userIds().get(0),
                            PresenceState.ONLINE,
                            room,
                            null,
                            List.of()))));
  }
}
