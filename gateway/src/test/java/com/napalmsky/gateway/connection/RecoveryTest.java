package com.napalmsky.gateway.connection;

import static com.napalmsky.gateway.connection.TestLoop.ANNA;
import static com.napalmsky.gateway.connection.TestLoop.BEN;
import static com.napalmsky.gateway.connection.TestLoop.INVITE;
import static com.napalmsky.gateway.connection.TestLoop.OWNER;
import static com.napalmsky.gateway.connection.TestLoop.ROOM;
import static com.napalmsky.gateway.connection.TestLoop.answer;
import static com.napalmsky.gateway.connection.TestLoop.located;
import static com.napalmsky.gateway.connection.TestLoop.session;
import static com.napalmsky.shared.contract.presence.PresenceState.AVAILABLE;
import static com.napalmsky.shared.contract.presence.PresenceState.IN_CALL;
import static com.napalmsky.shared.contract.presence.PresenceState.OFFLINE;
import static com.napalmsky.shared.contract.presence.PresenceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import com.napalmsky.gateway.recovery.RecoverableSessions;
import com.napalmsky.gateway.recovery.RecoveryConfig;
import com.napalmsky.gateway.recovery.RecoverySizes;
import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.gateway.socketio.Previous;
import com.napalmsky.gateway.socketio.SocketHandler.Decision;
import com.napalmsky.gateway.socketio.SocketHandler.Identity;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.InviteOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invited;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client loses its connection and comes back with what it was told and what it had last. */
class RecoveryTest {

  private static final Duration WINDOW = Duration.ofSeconds(15);

  private final TestLoop loop = new TestLoop();

  @Test
  void aClientThatComesBackGetsExactlyWhatItMissedInOrder() {
    FakeSocket lost = loop.signedIn("anna");
    chat(lost, "1");
    chat(lost, "2");
    chat(lost, "3");
    Previous previous = previous(lost, 0);
    lost.close(CloseReason.TRANSPORT_LOST);

    FakeSocket back = loop.connected("anna", previous);

    assertThat(back.events()).containsExactly("auth:success", "room:chat", "room:chat");
    assertThat(texts(back)).containsExactly("2", "3");
    assertThat(back.offsets()).isEqualTo(lost.offsets().subList(1, 3));
    assertThat(loop.identity(back)).isEqualTo(loop.identity(lost));
    assertThat(loop.count(Count.RECOVERED)).isEqualTo(1);
  }

  @Test
  void aClientThatNeverGotAnEventGetsTheFirstOnes() {
    FakeSocket lost = loop.signedIn("anna");
    chat(lost, "1");
    lost.close(CloseReason.PING_TIMEOUT);

    FakeSocket back = loop.connected("anna", new Previous(loop.identity(lost).pid(), null));

    assertThat(texts(back)).containsExactly("1");
  }

  @Test
  void whatIsSentAfterItsReturnGoesOnWhereItWasAndCanBeRecoveredAgain() {
    FakeSocket lost = loop.signedIn("anna");
    chat(lost, "1");
    chat(lost, "2");
    lost.close(CloseReason.TRANSPORT_LOST);
    FakeSocket back = loop.connected("anna", previous(lost, 0));
    chat(back, "3");
    back.close(CloseReason.TRANSPORT_LOST);

    FakeSocket again = loop.connected("anna", previous(back, 0));

    assertThat(texts(back)).containsExactly("2", "3");
    assertThat(texts(again)).containsExactly("3");
    assertThat(loop.identity(again)).isEqualTo(loop.identity(lost));
  }

  @Test
  void anOldSocketWhoseLossWasNotNoticedEndsAndTheNewOneGoesOn() {
    FakeSocket old = loop.inCall("anna");
    chat(old, "1");
    chat(old, "2");

    FakeSocket back = loop.connected("anna", previous(old, 0));

    assertThat(old.closed()).isEqualTo(CloseReason.RESUMED_ELSEWHERE);
    assertThat(texts(back)).containsExactly("2");
    assertThat(back.closed()).isNull();
    assertThat(loop.order(old, new ClientEvent.PeerDisconnected())).isFalse();
    assertThat(addresses())
        .containsExactly(
            "presence.v1.locate",
            "signaling.v1.call." + OWNER,
            "presence.v1.disconnect",
            "presence.v1.connect");
  }

  @Test
  void presenceHearsOfTheOldSocketFirst() {
    Promise<Moved> leaving = Promise.promise();
    loop.serve(PresenceContract.DISCONNECT, disconnect -> leaving.future());
    FakeSocket old = loop.signedIn("anna");
    chat(old, "1");
    FakeSocket back = loop.socket("anna");

    Future<Decision> decision = loop.handler.onConnect(back, previous(old, 0));

    assertThat(old.closed()).isEqualTo(CloseReason.RESUMED_ELSEWHERE);
    assertThat(decision.isComplete()).isFalse();
    leaving.complete(new Moved(ONLINE));
    assertThat(decision.result()).isInstanceOf(Decision.Accept.class);
  }

  @Test
  void aSessionIsHandedFromLoopToLoopWhetherItsLossWasNoticedOrNot() {
    TestLoop other = new TestLoop("gw1-1", loop.recoverable);
    FakeSocket lost = loop.signedIn("anna");
    chat(lost, "1");
    chat(lost, "2");
    lost.close(CloseReason.TRANSPORT_LOST);

    FakeSocket there = other.connected("anna", previous(lost, 0));
    chat(other, there, "3");
    FakeSocket here = loop.connected("anna", previous(there, 0));

    assertThat(texts(there)).containsExactly("2", "3");
    assertThat(there.closed()).isEqualTo(CloseReason.RESUMED_ELSEWHERE);
    assertThat(texts(here)).containsExactly("3");
    assertThat(loop.identity(here)).isEqualTo(loop.identity(lost));
    loop.timers.advance(WINDOW);
    other.timers.advance(WINDOW);
    assertThat(loop.recoverable.sizes().sessions()).isEqualTo(1);
  }

  @Test
  void ofTwoThatComeBackAtOnceOneGetsTheSession() {
    FakeSocket lost = loop.signedIn("anna");
    chat(lost, "1");
    Previous previous = new Previous(loop.identity(lost).pid(), null);
    lost.close(CloseReason.TRANSPORT_LOST);
    FakeSocket first = loop.socket("anna");
    FakeSocket second = loop.socket("anna");
    assertThat(loop.handler.onConnect(first, previous).succeeded()).isTrue();
    assertThat(loop.handler.onConnect(second, previous).succeeded()).isTrue();

    loop.letIn(first);
    loop.letIn(second);

    assertThat(texts(first)).containsExactly("1");
    assertThat(second.events()).containsExactly("auth:success");
    assertThat(loop.identity(second)).isNotEqualTo(loop.identity(lost));
  }

  @Test
  void anAttemptThatBreaksOffLeavesTheSessionForTheNextOne() {
    FakeSocket lost = loop.signedIn("anna");
    chat(lost, "1");
    Previous previous = new Previous(loop.identity(lost).pid(), null);
    lost.close(CloseReason.TRANSPORT_LOST);
    assertThat(loop.handler.onConnect(loop.socket("anna"), previous).succeeded()).isTrue();

    FakeSocket back = loop.connected("anna", previous);

    assertThat(texts(back)).containsExactly("1");
  }

  @Test
  void aForeignPrivateIdIsOfNoUseAndItsOwnerKeepsHisSession() {
    FakeSocket annas = loop.signedIn("anna");
    chat(annas, "secret");
    Previous stolen = new Previous(loop.identity(annas).pid(), null);

    FakeSocket ben = loop.connected("ben", stolen);
    assertThat(annas.closed()).isNull();
    annas.close(CloseReason.TRANSPORT_LOST);
    FakeSocket benAgain = loop.connected("ben", stolen);
    FakeSocket anna = loop.connected("anna", stolen);

    assertThat(ben.events()).containsExactly("auth:success");
    assertThat(benAgain.events()).containsExactly("auth:success");
    assertThat(loop.identity(ben).pid()).isNotEqualTo(stolen.pid());
    assertThat(texts(anna)).containsExactly("secret");
  }

  @Test
  void anUnknownPrivateIdAndAnUnknownOffsetGiveANewSession() {
    FakeSocket lost = loop.signedIn("anna");
    chat(lost, "1");
    String pid = loop.identity(lost).pid();
    lost.close(CloseReason.TRANSPORT_LOST);

    FakeSocket unknown = loop.connected("anna", new Previous("x", lost.offsets().get(0)));
    FakeSocket wrong = loop.connected("anna", new Previous(pid, "auth:failed"));
    FakeSocket tooLate = loop.connected("anna", previous(lost, 0));

    for (FakeSocket fresh : List.of(unknown, wrong, tooLate)) {
      assertThat(fresh.events()).containsExactly("auth:success");
      assertThat(loop.identity(fresh).pid()).isNotNull().isNotEqualTo(pid);
      assertThat(loop.identity(fresh).sid()).isEqualTo(fresh.sid());
    }
    assertThat(loop.count(Count.NOT_RECOVERED)).isEqualTo(3);
    assertThat(loop.recoverable.sizes()).isEqualTo(new RecoverySizes(0, 0));
  }

  @Test
  void aSessionIsKeptForItsTimeByOneTimerForAll() {
    for (int i = 0; i < 10; i++) {
      FakeSocket lost = loop.signedIn("anna");
      chat(lost, "x");
      lost.close(CloseReason.TRANSPORT_LOST);
    }
    assertThat(loop.timers.pending()).isEqualTo(1);
    assertThat(loop.handler.sizes().lost()).isEqualTo(10);
    loop.timers.advance(WINDOW.minusMillis(1));
    assertThat(loop.recoverable.sizes().sessions()).isEqualTo(10);

    loop.timers.advance(Duration.ofMillis(1));

    assertThat(loop.recoverable.sizes()).isEqualTo(new RecoverySizes(0, 0));
    assertThat(loop.handler.sizes().lost()).isZero();
    assertThat(loop.timers.pending()).isZero();
  }

  @Test
  void whoseGraceIsOverGetsANewSession() {
    FakeSocket lost = loop.signedIn("anna");
    chat(lost, "1");
    lost.close(CloseReason.TRANSPORT_LOST);
    loop.answer(PresenceContract.LOCATE, locate -> located(locate, OFFLINE, null));

    FakeSocket back = loop.connected("anna", previous(lost, 0));

    assertThat(back.events()).containsExactly("auth:success");
    assertThat(loop.identity(back)).isNotEqualTo(loop.identity(lost));
  }

  @Test
  void withoutPresenceNothingIsRecoveredAndNobodyIsRefused() {
    FakeSocket lost = loop.signedIn("anna");
    chat(lost, "1");
    lost.close(CloseReason.TRANSPORT_LOST);
    loop.silence(PresenceContract.LOCATE);

    FakeSocket back = loop.connected("anna", previous(lost, 0));

    assertThat(back.events()).containsExactly("auth:success");
  }

  @Test
  void whoWasDisplacedOrBannedMeanwhileGetsNothing() {
    FakeSocket lost = loop.signedIn("anna");
    chat(lost, "1");
    Previous previous = new Previous(loop.identity(lost).pid(), null);
    lost.close(CloseReason.TRANSPORT_LOST);

    loop.tokens.put("anna", answer(Verdict.DISPLACED, null));
    FakeSocket displaced = loop.connected("anna", previous);
    loop.tokens.put("anna", answer(Verdict.BANNED, session(ANNA, PaidStatus.PAID)));
    Decision banned = loop.handler.onConnect(loop.socket("anna"), previous).result();
    loop.tokens.put("anna", answer(Verdict.ACTIVE, otherSession()));
    FakeSocket loggedInAgain = loop.connected("anna", previous);

    assertThat(displaced.events()).containsExactly("auth:failed");
    assertThat(loop.identity(displaced).pid()).isNotEqualTo(previous.pid());
    assertThat(banned).isInstanceOf(Decision.Refuse.class);
    assertThat(loggedInAgain.events()).containsExactly("auth:success");
  }

  @Test
  void aSessionThatEndsWhileItsClientIsOnItsWayInIsNotGivenBack() {
    FakeSocket lost = loop.signedIn("anna");
    chat(lost, "1");
    Previous previous = new Previous(loop.identity(lost).pid(), null);
    lost.close(CloseReason.TRANSPORT_LOST);
    FakeSocket back = loop.socket("anna");
    assertThat(loop.handler.onConnect(back, previous).succeeded()).isTrue();
    loop.end(ANNA, SessionEnd.NEW_LOGIN);

    loop.letIn(back);

    assertThat(back.events()).containsExactly("auth:failed");
    assertThat(loop.identity(back).pid()).isNotEqualTo(previous.pid());
  }

  @ParameterizedTest
  @EnumSource(CloseReason.class)
  void afterACloseThatWasMeantThereIsNothingToComeBackTo(CloseReason reason) {
    FakeSocket lost = loop.signedIn("anna");
    chat(lost, "1");

    lost.close(reason);

    boolean recoverable =
        switch (reason) {
          case TRANSPORT_LOST, PING_TIMEOUT, CLIENT_CLOSED, SLOW, RESUMED_ELSEWHERE -> true;
          case TOO_MANY_SOCKETS,
              DISPLACED,
              LOGGED_OUT,
              BANNED,
              ACCOUNT_DELETED,
              UNAUTHENTICATED,
              PROTOCOL_ERROR,
              FLOODING,
              CONNECT_TIMEOUT,
              CLIENT_LEFT,
              FULL,
              SHUTDOWN ->
              false;
        };
    assertThat(loop.recoverable.sizes().sessions()).isEqualTo(recoverable ? 1 : 0);
  }

  @Test
  void aDisplacedSocketThatMayFinishItsCallCannotComeBack() {
    FakeSocket finishing = loop.inCall("anna");
    chat(finishing, "1");
    loop.end(ANNA, SessionEnd.NEW_LOGIN);

    finishing.close(CloseReason.TRANSPORT_LOST);

    assertThat(loop.recoverable.sizes()).isEqualTo(new RecoverySizes(0, 0));
  }

  @Test
  void anAnswerToAPingIsAReceiptForWhatWasSentBefore() {
    FakeSocket socket = loop.signedIn("anna");
    chat(socket, "1");
    loop.handler.onPing(socket);
    chat(socket, "2");

    loop.handler.onPong(socket);

    long kept = loop.recoverable.sizes().bytes();
    socket.close(CloseReason.TRANSPORT_LOST);
    FakeSocket back = loop.connected("anna", previous(socket, 0));
    assertThat(texts(back)).containsExactly("2");
    assertThat(loop.recoverable.sizes().bytes()).isEqualTo(kept);
  }

  @Test
  void aSocketWithoutSuchEventsCostsNothing() {
    FakeSocket socket = loop.inLobby("anna", BEN);
    loop.change(BEN, AVAILABLE, ONLINE);
    loop.order(socket, new ClientEvent.Refused("no"));
    loop.handler.onPing(socket);
    loop.handler.onPong(socket);

    assertThat(socket.events()).containsExactly("queue:update", "error");
    assertThat(socket.offsets()).isEmpty();
    socket.close(CloseReason.TRANSPORT_LOST);
    assertThat(loop.recoverable.sizes()).isEqualTo(new RecoverySizes(0, 0));
    assertThat(loop.timers.pending()).isZero();
  }

  @Test
  void aSocketThatFoundNoPlaceSendsWithoutOffsetAndIsNotRecoverable() {
    TestLoop full = loopOf(new RecoveryConfig(WINDOW, 10, 10_000, 1, 10_000));
    FakeSocket first = full.signedIn("anna");
    chat(full, first, "1");
    FakeSocket second = full.signedIn("ben");
    chat(full, second, "1");
    first.close(CloseReason.CLIENT_LEFT);
    chat(full, second, "2");
    second.close(CloseReason.TRANSPORT_LOST);

    FakeSocket back = full.connected("ben", new Previous(full.identity(second).pid(), null));

    assertThat(texts(second)).containsExactly("1", "2");
    assertThat(second.offsets()).isEmpty();
    assertThat(back.events()).containsExactly("auth:success");
  }

  @Test
  void switchedOffThereAreNoPrivateIdsAndNoOffsets() {
    TestLoop off = loopOf(new RecoveryConfig(Duration.ZERO, 10, 10_000, 10, 10_000));

    FakeSocket socket = off.signedIn("anna");
    chat(off, socket, "1");

    assertThat(off.identity(socket)).isEqualTo(new Identity(socket.sid(), null));
    assertThat(socket.offsets()).isEmpty();
    assertThat(texts(socket)).containsExactly("1");
  }

  @Test
  void theCallIsFoundAgainWithoutLookingForItsOwner() {
    FakeSocket lost = loop.inCall("anna");
    lost.close(CloseReason.TRANSPORT_LOST);
    loop.answer(PresenceContract.CONNECT, connect -> new Connected(IN_CALL, ROOM, null));
    loop.bus.forget();

    FakeSocket back = loop.connected("anna", new Previous(loop.identity(lost).pid(), null));

    assertThat(loop.bus.sent(Command.class))
        .containsExactly(new Command(ROOM, ANNA, loop.ref(back), new CallAction.Return()));
    assertThat(addresses())
        .containsExactly("presence.v1.locate", "presence.v1.connect", "signaling.v1.call." + OWNER);
    back.close(CloseReason.TRANSPORT_LOST);
    assertThat(loop.bus.sent(Command.class))
        .contains(new Command(ROOM, ANNA, loop.ref(back), new CallAction.Lose(loop.timers.now())));
  }

  @Test
  void theEndOfACallThatIsGivenBackIsNotAskedForAsWell() {
    FakeSocket lost = loop.inCall("anna");
    lost.whenSent(() -> lost.close(CloseReason.SLOW));
    loop.order(
        lost,
        new ClientEvent.SessionFinalized(
            "session-1", ROOM, 60, EndReason.LEFT, Instant.EPOCH.plusSeconds(1)));
    loop.answer(PresenceContract.CONNECT, connect -> new Connected(IN_CALL, ROOM, null));

    FakeSocket back = loop.connected("anna", new Previous(loop.identity(lost).pid(), null));

    assertThat(back.events()).endsWith("session:finalized").contains("call:start");
    assertThat(loop.bus.sent(Command.class))
        .extracting(Command::action)
        .doesNotHaveAnyElementsOfTypes(CallAction.Return.class);
  }

  @Test
  void whoWasInTheLobbyIsThereAgainIfPresenceSaysSo() {
    FakeSocket lost = loop.inLobby("anna", BEN);
    chat(lost, "1");
    lost.close(CloseReason.TRANSPORT_LOST);
    assertThat(loop.lobby.sizes().seats()).isZero();
    loop.answer(PresenceContract.CONNECT, connect -> new Connected(AVAILABLE, null, null));

    FakeSocket back = loop.connected("anna", previous(lost, 0));

    assertThat(loop.lobby.sizes().seats()).isEqualTo(1);
    loop.show(back, BEN);
    loop.change(BEN, AVAILABLE, ONLINE);
    assertThat(back.events()).containsExactly("auth:success", "queue:update");
    loop.answer(PresenceContract.CONNECT, connect -> new Connected(ONLINE, null, null));
    back.close(CloseReason.TRANSPORT_LOST);
    loop.connected("anna", previous(lost, 0));
    assertThat(loop.lobby.sizes().seats()).isZero();
  }

  @Test
  void whomHeWaitsForIsStillKeptBackFromHim() {
    Instant expires = loop.timers.now().plusSeconds(20);
    loop.answer(
        MatchmakingContract.INVITE,
        invite -> new Invited(INVITE, InviteOutcome.SENT, null, expires, null, null));
    FakeSocket lost = loop.inLobby("anna", BEN);
    chat(lost, "1");
    loop.say(
        lost,
        "call:invite",
        new JsonObject().put("toUserId", BEN.toString()).put("requestedSeconds", 300));
    lost.close(CloseReason.TRANSPORT_LOST);
    loop.answer(PresenceContract.CONNECT, connect -> new Connected(AVAILABLE, null, null));

    FakeSocket back = loop.connected("anna", previous(lost, 0));
    loop.show(back, BEN);
    back.forget();
    loop.change(BEN, AVAILABLE, ONLINE);

    assertThat(back.got()).isEmpty();
    loop.timers.advance(Duration.ofSeconds(30));
    assertThat(back.events()).containsExactly("queue:update");
  }

  @Test
  void aDeclineOfTheGatewayItselfIsKeptToo() {
    loop.tokens.put("anna", answer(Verdict.ACTIVE, session(ANNA, PaidStatus.UNPAID)));
    FakeSocket lost = loop.signedIn("anna");
    loop.say(
        lost,
        "call:invite",
        new JsonObject().put("toUserId", BEN.toString()).put("requestedSeconds", 300));
    lost.close(CloseReason.TRANSPORT_LOST);

    FakeSocket back = loop.connected("anna", new Previous(loop.identity(lost).pid(), null));

    assertThat(back.events()).containsExactly("auth:success", "call:declined");
  }

  private TestLoop loopOf(RecoveryConfig config) {
    return new TestLoop("gw2-0", new RecoverableSessions(config));
  }

  private static Session otherSession() {
    Session first = session(ANNA, PaidStatus.PAID);
    return new Session(
        new UUID(98, 1),
        first.person(),
        first.permanent(),
        first.paidStatus(),
        first.banStatus(),
        first.admin(),
        first.expiresAt());
  }

  private List<String> addresses() {
    return loop.sent().stream().map(sent -> sent.address()).toList();
  }

  private void chat(FakeSocket socket, String text) {
    chat(loop, socket, text);
  }

  private static void chat(TestLoop loop, FakeSocket socket, String text) {
    assertThat(loop.order(socket, new ClientEvent.Chat(BEN, text, Instant.EPOCH))).isTrue();
  }

  private static List<String> texts(FakeSocket socket) {
    return socket.got("room:chat").stream().map(line -> line.getString("text")).toList();
  }

  /** What a client says that got no further than this event with an offset. */
  private Previous previous(FakeSocket socket, int last) {
    String pid =
        loop.identities.containsKey(socket)
            ? loop.identity(socket).pid()
            : loop.recoverable.ids().of("sid-1");
    return new Previous(pid, socket.offsets().get(last));
  }
}
