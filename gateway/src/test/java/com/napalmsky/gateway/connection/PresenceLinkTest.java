package com.napalmsky.gateway.connection;

import static com.napalmsky.gateway.connection.TestLoop.ANNA;
import static com.napalmsky.gateway.connection.TestLoop.BEN;
import static com.napalmsky.gateway.connection.TestLoop.OWNER;
import static com.napalmsky.gateway.connection.TestLoop.ROOM;
import static com.napalmsky.gateway.connection.TestLoop.room;
import static com.napalmsky.shared.contract.presence.PresenceState.AVAILABLE;
import static com.napalmsky.shared.contract.presence.PresenceState.GRACE;
import static com.napalmsky.shared.contract.presence.PresenceState.IN_CALL;
import static com.napalmsky.shared.contract.presence.PresenceState.OFFLINE;
import static com.napalmsky.shared.contract.presence.PresenceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import com.napalmsky.gateway.connection.TestLoop.Acknowledged;
import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.Connect;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.Disconnect;
import com.napalmsky.shared.contract.presence.PresenceContract.EnterQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.Leave;
import com.napalmsky.shared.contract.presence.PresenceContract.LeaveQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.CommandDone;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PresenceLinkTest {

  private final TestLoop loop = new TestLoop();

  @Test
  void aSocketIsInTheLobbyFromQueueJoinToQueueLeave() {
    FakeSocket socket = loop.inLobby("anna", BEN);

    loop.change(BEN, AVAILABLE, ONLINE);
    loop.say(socket, "queue:leave");
    loop.change(BEN, ONLINE, AVAILABLE);

    assertThat(socket.events()).containsExactly("queue:update");
    assertThat(loop.bus.sent(LeaveQueue.class))
        .containsExactly(new LeaveQueue(ANNA, loop.ref(socket)));
  }

  @Test
  void whoHidesSeesNothingAnyMore() {
    FakeSocket socket = loop.inLobby("anna", BEN);

    loop.say(socket, "presence:leave");
    loop.change(BEN, AVAILABLE, ONLINE);

    assertThat(socket.got()).isEmpty();
    assertThat(loop.bus.sent(Leave.class)).hasSize(1);
  }

  @Test
  void anInstanceThatDiedIsNotNoticedByTheClient() {
    FakeSocket socket = loop.signedIn("anna");
    List<Future<Moved>> answers =
        new ArrayList<>(
            List.of(TestLoop.unreachable(), Future.succeededFuture(new Moved(AVAILABLE))));
    loop.serve(PresenceContract.ENTER_QUEUE, enter -> answers.remove(0));

    Acknowledged joined = loop.ask(socket, "queue:join");

    assertThat(joined.only()).isEqualTo(new JsonObject().put("ok", true).put("state", "available"));
    assertThat(loop.lobby.sizes().seats()).isEqualTo(1);
    assertThat(loop.bus.sent(EnterQueue.class)).hasSize(2);
  }

  @Test
  void joiningTheQueueTwiceIsOneSeat() {
    FakeSocket socket = loop.inLobby("anna", BEN);

    loop.say(socket, "queue:join");
    loop.change(BEN, AVAILABLE, ONLINE);

    assertThat(loop.lobby.sizes().seats()).isEqualTo(1);
    assertThat(socket.events()).containsExactly("queue:update");
  }

  @Test
  void whoIsInACallDoesNotEnterTheLobby() {
    loop.answer(PresenceContract.ENTER_QUEUE, enter -> new Moved(IN_CALL));
    FakeSocket socket = loop.signedIn("anna");

    Acknowledged joined = loop.ask(socket, "queue:join");

    assertThat(joined.only()).isEqualTo(new JsonObject().put("ok", true).put("state", "in_call"));
    assertThat(loop.lobby.sizes().seats()).isZero();
  }

  @Test
  void aViewIsWhatTheLastAnswerShowed() {
    FakeSocket socket = loop.inLobby("anna", BEN);

    loop.directory.show(ANNA, List.of(new UUID(1, 9)), List.of());
    loop.change(BEN, AVAILABLE, ONLINE);

    assertThat(socket.got()).isEmpty();
  }

  @Test
  void anEventThatPresenceDoesNotAnswerIsToldToTheClientAndTheNextOneWorks() {
    FakeSocket socket = loop.signedIn("anna");
    loop.silence(PresenceContract.ENTER_QUEUE);

    Acknowledged failed = loop.ask(socket, "queue:join");
    loop.answer(PresenceContract.ENTER_QUEUE, enter -> new Moved(AVAILABLE));
    Acknowledged joined = loop.ask(socket, "queue:join");

    assertThat(failed.only().getBoolean("ok")).isFalse();
    assertThat(socket.events()).containsExactly("error");
    assertThat(joined.only().getBoolean("ok")).isTrue();
  }

  @Test
  void aClosedSocketSaysGoodbyeAndLeavesNothing() {
    FakeSocket socket = loop.inLobby("anna", BEN);

    socket.close(CloseReason.TRANSPORT_LOST);

    assertThat(loop.bus.sent(Disconnect.class))
        .containsExactly(new Disconnect(ANNA, loop.ref(socket)));
    assertThat(loop.handler.sizes()).isEqualTo(new ConnectionSizes(0, 0, 0, 0, 0));
    assertThat(loop.lobby.sizes().people()).isZero();
  }

  @Test
  void anUnknownSocketHasNobodyToSayGoodbyeFor() {
    FakeSocket socket = loop.connected(null);

    socket.close(CloseReason.CLIENT_CLOSED);

    assertThat(loop.sent()).isEmpty();
    assertThat(loop.handler.sizes().sockets()).isZero();
  }

  @Test
  void aGoodbyeDoesNotOvertakeTheConnect() {
    Promise<Connected> connecting = Promise.promise();
    loop.serve(PresenceContract.CONNECT, connect -> connecting.future());
    FakeSocket socket = loop.connected("anna");

    socket.close(CloseReason.CLIENT_CLOSED);
    assertThat(loop.bus.sent(Disconnect.class)).isEmpty();
    connecting.complete(new Connected(ONLINE, ROOM, null));

    assertThat(loop.sent())
        .extracting(sent -> sent.address())
        .containsExactly("presence.v1.connect", "presence.v1.disconnect");
  }

  @Test
  void aGoodbyeDoesNotOvertakeQueueJoin() {
    Promise<Moved> entering = Promise.promise();
    loop.serve(PresenceContract.ENTER_QUEUE, enter -> entering.future());
    FakeSocket socket = loop.signedIn("anna");
    loop.say(socket, "queue:join");
    loop.say(socket, "queue:leave");

    socket.close(CloseReason.CLIENT_CLOSED);
    entering.complete(new Moved(AVAILABLE));

    assertThat(loop.sent())
        .extracting(sent -> sent.address())
        .containsExactly(
            "presence.v1.connect", "presence.v1.enter-queue", "presence.v1.disconnect");
    assertThat(loop.lobby.sizes().seats()).isZero();
  }

  @Test
  void aLostGoodbyeIsSaidAgainUntilItIsHeard() {
    FakeSocket socket = loop.signedIn("anna");
    loop.silence(PresenceContract.DISCONNECT);
    socket.close(CloseReason.TRANSPORT_LOST);
    loop.timers.advance(Duration.ofMinutes(3));
    assertThat(loop.handler.sizes().errands()).isEqualTo(1);
    int before = loop.bus.sent(Disconnect.class).size();
    assertThat(before).isBetween(8, 30);

    loop.answer(PresenceContract.DISCONNECT, disconnect -> new Moved(GRACE));
    loop.timers.advance(Duration.ofMinutes(1));

    assertThat(loop.bus.sent(Disconnect.class)).hasSize(before + 1);
    assertThat(loop.handler.sizes().errands()).isZero();
    assertThat(loop.timers.pending()).isZero();
  }

  @Test
  void aGoodbyeIsGivenUpInTheEnd() {
    FakeSocket socket = loop.signedIn("anna");
    loop.silence(PresenceContract.DISCONNECT);

    socket.close(CloseReason.TRANSPORT_LOST);
    loop.timers.advance(Duration.ofHours(1));

    assertThat(loop.count(Count.ERRAND_DROPPED)).isEqualTo(1);
    assertThat(loop.handler.sizes().errands()).isZero();
    assertThat(loop.timers.pending()).isZero();
  }

  @Test
  void aSocketInACallIsReportedToTheCall() {
    FakeSocket socket = loop.inCall("anna");

    socket.close(CloseReason.TRANSPORT_LOST);

    assertThat(loop.bus.sent(Command.class))
        .containsExactly(
            new Command(ROOM, ANNA, loop.ref(socket), new CallAction.Lose(loop.timers.now())));
    assertThat(loop.bus.sent(Disconnect.class)).hasSize(1);
  }

  @Test
  void aLostMemberIsReportedToTheInstanceThatAdoptsTheCall() {
    FakeSocket socket = loop.inCall("anna");
    loop.silence(SignalingContract.CALL.at(OWNER));
    socket.close(CloseReason.TRANSPORT_LOST);

    loop.answer(SignalingContract.LOCATE, locate -> new SignalingContract.Located("sig-2"));
    loop.answer(SignalingContract.CALL.at("sig-2"), command -> new CommandDone(Outcome.DONE));
    loop.timers.advance(Duration.ofSeconds(5));

    assertThat(loop.sent())
        .extracting(sent -> sent.address())
        .contains(SignalingContract.CALL.at("sig-2").address());
    assertThat(loop.handler.sizes().errands()).isZero();
  }

  @Test
  void aMemberWhoIsLostWhileHeJoinsIsReportedAsWell() {
    Promise<CommandDone> joining = Promise.promise();
    loop.serve(
        SignalingContract.CALL.at(OWNER),
        command ->
            command.action() instanceof CallAction.Join
                ? joining.future()
                : Future.succeededFuture(new CommandDone(Outcome.DONE)));
    FakeSocket socket = loop.signedIn("anna");
    loop.say(socket, "room:join", room());

    socket.close(CloseReason.TRANSPORT_LOST);

    assertThat(loop.bus.sent(Command.class))
        .extracting(Command::action)
        .containsExactly(new CallAction.Join(), new CallAction.Lose(loop.timers.now()));
  }

  @Test
  void whoPresenceHasForgottenIsMadeKnownAgain() {
    FakeSocket socket = loop.signedIn("anna");
    loop.bus.forget();
    boolean[] known = {false};
    loop.answer(
        PresenceContract.CONNECT,
        connect -> {
          known[0] = true;
          return new Connected(ONLINE, null, null);
        });
    loop.answer(PresenceContract.ENTER_QUEUE, enter -> new Moved(known[0] ? AVAILABLE : OFFLINE));

    Acknowledged joined = loop.ask(socket, "queue:join");

    assertThat(joined.only().getString("state")).isEqualTo("available");
    assertThat(loop.bus.sent(EnterQueue.class)).hasSize(2);
    assertThat(loop.lobby.sizes().seats()).isEqualTo(1);
  }

  @Test
  void aPresenceThatBeganFromNothingIsToldOfEverySocket() {
    FakeSocket inLobby = loop.inLobby("anna", BEN);
    FakeSocket idle = loop.signedIn("ben");
    loop.change(BEN, ONLINE, OFFLINE);
    loop.bus.forget();

    loop.handler.presenceChanged(
        new Changed(new StreamPosition("another", 1), new UUID(4, 4), OFFLINE, ONLINE, null, null));
    loop.timers.advance(Duration.ofSeconds(2));

    assertThat(loop.bus.sent(Connect.class))
        .containsExactlyInAnyOrder(
            new Connect(ANNA, loop.ref(inLobby)), new Connect(BEN, loop.ref(idle)));
    assertThat(loop.bus.sent(EnterQueue.class)).hasSize(1);
  }
}
