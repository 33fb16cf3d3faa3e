package com.napalmsky.gateway.connection;

import static com.napalmsky.gateway.connection.TestLoop.ANNA;
import static com.napalmsky.gateway.connection.TestLoop.BEN;
import static com.napalmsky.gateway.connection.TestLoop.OWNER;
import static com.napalmsky.gateway.connection.TestLoop.ROOM;
import static com.napalmsky.shared.contract.presence.PresenceState.IN_CALL;
import static com.napalmsky.shared.contract.presence.PresenceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Connect;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.Disconnect;
import com.napalmsky.shared.contract.presence.PresenceContract.EnterQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.Leave;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.contract.presence.PresenceContract.RestoreCall;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.CommandDone;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RollCallTest {

  private final TestLoop loop = new TestLoop();

  @Test
  void presenceIsToldOfEachSocketAgainAndOfItsPlaceInTheQueue() {
    FakeSocket online = loop.signedIn("anna");
    FakeSocket queued = loop.inLobby("ben");
    FakeSocket nobody = loop.connected(null);
    loop.bus.forget();

    loop.handler.startOver();

    assertThat(loop.bus.sent(Connect.class))
        .containsExactlyInAnyOrder(
            new Connect(ANNA, loop.ref(online)), new Connect(BEN, loop.ref(queued)));
    assertThat(loop.bus.sent(EnterQueue.class))
        .extracting(EnterQueue::socket)
        .containsExactly(loop.ref(queued));
    assertThat(loop.sent()).hasSize(3);
    assertThat(nobody.closed()).isNull();
  }

  @Test
  void whoIsHiddenStaysHidden() {
    FakeSocket socket = loop.signedIn("anna");
    loop.say(socket, "presence:leave");
    loop.bus.forget();

    loop.handler.startOver();

    assertThat(loop.bus.sent(Leave.class)).containsExactly(new Leave(ANNA, loop.ref(socket)));
  }

  @Test
  void whoShowedHimselfAgainIsNotHidden() {
    FakeSocket socket = loop.signedIn("anna");
    loop.say(socket, "presence:leave");
    loop.say(socket, "presence:join");
    loop.bus.forget();

    loop.handler.startOver();

    assertThat(loop.bus.sent(Connect.class)).hasSize(1);
    assertThat(loop.bus.sent(Leave.class)).isEmpty();
  }

  @Test
  void aRunningCallIsRestoredAndItsEndReleased() {
    FakeSocket socket = loop.inCall("anna");
    loop.answer(PresenceContract.RESTORE_CALL, restore -> new Moved(IN_CALL));
    loop.answer(PresenceContract.RELEASE_CALL, release -> new PresenceContract.CallReleased());

    loop.handler.startOver();
    loop.order(socket, new SessionFinalized("s", ROOM, 300, EndReason.LEFT, null));

    assertThat(loop.bus.sent(Command.class))
        .extracting(Command::action)
        .containsExactly(new CallAction.Return());
    assertThat(loop.bus.sent(RestoreCall.class))
        .containsExactly(new RestoreCall(ANNA, loop.ref(socket), ROOM));
    assertThat(loop.bus.sent(ReleaseCall.class))
        .containsExactly(new ReleaseCall(ROOM, List.of(ANNA)));
  }

  @Test
  void aCallThatIsOverIsNotRestored() {
    FakeSocket socket = loop.inCall("anna");
    loop.answer(SignalingContract.CALL.at(OWNER), command -> new CommandDone(Outcome.NOT_ACTIVE));

    loop.handler.startOver();
    loop.order(socket, new SessionFinalized("s", ROOM, 300, EndReason.LEFT, null));

    assertThat(loop.bus.sent(RestoreCall.class)).isEmpty();
    assertThat(loop.bus.sent(ReleaseCall.class)).isEmpty();
  }

  @Test
  void aCallThatPresenceStillKnowsIsNotRestored() {
    FakeSocket unused = loop.inCall("anna");
    loop.answer(PresenceContract.CONNECT, connect -> new Connected(IN_CALL, ROOM, null));

    loop.handler.startOver();

    assertThat(loop.bus.sent(RestoreCall.class)).isEmpty();
  }

  @Test
  void whilePresenceIsAwayItIsAskedNowAndThenUntilItHasEverySocket() {
    List<FakeSocket> sockets = new ArrayList<>();
    for (int each = 0; each < 50; each++) {
      sockets.add(loop.signedIn("anna"));
    }
    loop.bus.forget();
    loop.silence(PresenceContract.CONNECT);

    loop.handler.startOver();
    int asked = loop.bus.sent(Connect.class).size();
    loop.answer(PresenceContract.CONNECT, connect -> new Connected(ONLINE, null, null));
    loop.timers.advance(Duration.ofMillis(500));

    assertThat(asked).isPositive().isLessThan(20);
    assertThat(loop.bus.sent(Connect.class))
        .extracting(Connect::socket)
        .containsAll(sockets.stream().map(loop::ref).toList());
  }

  @Test
  void onlySoManyAreAskedForAtOnce() {
    for (int each = 0; each < 40; each++) {
      loop.signedIn("anna");
    }
    loop.bus.forget();
    Queue<Promise<Connected>> open = new ArrayDeque<>();
    loop.serve(
        PresenceContract.CONNECT,
        connect -> {
          Promise<Connected> answer = Promise.promise();
          open.add(answer);
          return answer.future();
        });

    loop.handler.startOver();

    assertThat(open).hasSize(16);
    open.remove().complete(new Connected(ONLINE, null, null));
    assertThat(open).hasSize(16);
    while (!open.isEmpty()) {
      open.remove().complete(new Connected(ONLINE, null, null));
    }
    assertThat(loop.bus.sent(Connect.class)).extracting(Connect::socket).doesNotHaveDuplicates();
    assertThat(loop.bus.sent(Connect.class)).hasSize(40);
  }

  @Test
  void whomPresenceCouldNotBeToldOfIsMadeUpForAndNobodyElse() {
    loop.signedIn("ben");
    loop.silence(PresenceContract.CONNECT);
    FakeSocket missing = loop.signedIn("anna");
    loop.bus.forget();
    loop.answer(PresenceContract.CONNECT, connect -> new Connected(ONLINE, null, null));
    // The errand that was to do it is given up, as after a long outage.
    loop.forgetErrands(missing);

    loop.handler.makeUp();

    assertThat(loop.bus.sent(Connect.class)).containsExactly(new Connect(ANNA, loop.ref(missing)));
  }

  @Test
  void aSocketThatIsLostMeanwhileIsSaidGoodbyeAfterwards() {
    FakeSocket socket = loop.signedIn("anna");
    loop.bus.forget();
    Promise<Connected> answer = Promise.promise();
    loop.serve(PresenceContract.CONNECT, connect -> answer.future());

    loop.handler.startOver();
    loop.handler.onClose(socket, CloseReason.TRANSPORT_LOST);
    List<Disconnect> early = loop.bus.sent(Disconnect.class);
    answer.complete(new Connected(ONLINE, null, null));

    assertThat(early).isEmpty();
    assertThat(loop.bus.sent(Disconnect.class))
        .containsExactly(new Disconnect(ANNA, loop.ref(socket)));
  }
}
