package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.PatientDelivery;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.GatewayLost;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.CountCalls;
import com.napalmsky.shared.contract.signaling.SignalingContract.Locate;
import com.napalmsky.shared.contract.signaling.SignalingContract.Member;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import com.napalmsky.signaling.Stage;
import com.napalmsky.signaling.finish.Backoff;
import com.napalmsky.signaling.finish.FinishedCalls;
import com.napalmsky.signaling.finish.Finishing;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances over one store, one of which dies, stands still or leaves. */
class AdoptionTest {

  private static final int AGREED = 120;

  private final Stage stage = new Stage();
  private final UnsteadyDirectory directory = new UnsteadyDirectory(CallDirectory.inMemory(1_000));
  private final FinishedCalls finished = FinishedCalls.inMemory(500, 10);
  private final UUID room = UUID.randomUUID();
  private final UUID ann = UUID.randomUUID();
  private final UUID bob = UUID.randomUUID();
  private final SocketRef annSocket = stage.socket();
  private SocketRef bobSocket = stage.socket();
  private final Instance first = new Instance("first");
  private final Instance second = new Instance("second");

  /** An instance in a process of its own, which can stand still. */
  private final class Instance {
    final Sleeper time = new Sleeper(stage.timers);
    final Calls calls;
    final String name;

    Instance(String name) {
      this(name, directory);
    }

    Instance(String name, CallDirectory directory) {
      this.name = name;
      Finishing finishing =
          new Finishing(
              stage.bus,
              time,
              finished,
              new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> 0),
              new PatientDelivery(stage.bus, time, 100));
      finishing.start();
      calls = new Calls(name, stage.bus, time, directory, finishing, CallStage.BOUNDS);
      var served =
          stage
              .bus
              .serve(SignalingContract.DESCRIBE.at(name), calls::describe)
              .subscribe(SignalingContract.CALLS_ADOPTED, calls::adoptedElsewhere);
    }

    /** Nothing of it happens any more. */
    void die() {
      time.sleep();
      var silenced = stage.bus.silence(SignalingContract.DESCRIBE.at(name));
    }

    @CanIgnoreReturnValue
    Outcome command(UUID user, SocketRef socket, CallAction action) {
      return calls.command(new Command(room, user, socket, action)).result().outcome();
    }

    @CanIgnoreReturnValue
    Outcome command(UUID user, CallAction action) {
      return command(user, user.equals(ann) ? annSocket : bobSocket, action);
    }

    void talk() {
      open();
      command(ann, new CallAction.Join());
      command(bob, new CallAction.Join());
      command(ann, new CallAction.Send(SignalKind.OFFER, "offer"));
      command(bob, new CallAction.Send(SignalKind.ANSWER, "answer"));
      stage.forget(annSocket);
      stage.forget(bobSocket);
    }

    @CanIgnoreReturnValue
    String open() {
      return calls
          .open(
              new Open(
                  room,
                  new Member(ann, "Ann", annSocket),
                  new Member(bob, "Bob", bobSocket),
                  AGREED))
          .result()
          .owner();
    }

    String located() {
      return calls.locate(new Locate(room)).result().owner();
    }
  }

  @BeforeEach
  void bothHaveHeldTheirLeaseForAWhile() {
    first.calls.begin().result();
    second.calls.begin().result();
    stage.advanceSeconds(5);
  }

  @Test
  void theCallsOfADeadInstanceAreAdoptedWithinFiveSeconds() {
    first.talk();
    first.die();

    stage.advanceSeconds(5);

    assertThat(second.calls.held()).isEqualTo(1);
    assertThat(second.located()).isEqualTo("second");
    assertThat(heard(annSocket)).isEmpty();
    assertThat(second.command(ann, new CallAction.Say("still there?"))).isEqualTo(Outcome.DONE);
    assertThat(heard(bobSocket)).containsExactly("chat:still there?");
  }

  @Test
  void anAdoptedCallEndsWhenItWouldHaveEndedAndIsStoredOnce() {
    first.talk();
    Instant began = stage.now();
    first.command(ann, new CallAction.Say("hello"));
    stage.advanceSeconds(1);
    first.die();

    stage.advanceSeconds(60 + AGREED);

    var stored = stage.stored.get(room);
    assertThat(stage.stored).hasSize(1);
    assertThat(stored.reason()).isEqualTo(EndReason.COMPLETED);
    assertThat(stored.endedAt()).isEqualTo(began.plusSeconds(AGREED + 5));
    assertThat(stored.durationSeconds()).isEqualTo(AGREED + 5);
    assertThat(stored.messages()).extracting(CallMessage::text).containsExactly("hello");
    assertThat(ends(annSocket)).hasSize(1);
    assertThat(ends(bobSocket)).hasSize(1);
    assertThat(ends(annSocket).get(0).sessionId()).isEqualTo(stored.sessionId());
  }

  @Test
  void whatADeadInstanceHadBufferedIsDelivered() {
    first.open();
    first.command(ann, new CallAction.Join());
    first.command(ann, new CallAction.Send(SignalKind.OFFER, "offer"));
    first.command(ann, new CallAction.Send(SignalKind.ICE, "one"));
    first.command(ann, new CallAction.Send(SignalKind.ICE, "two"));
    stage.advance(CallStage.BOUNDS.snapshotDelay());
    first.die();
    stage.forget(annSocket);
    stage.forget(bobSocket);
    stage.advanceSeconds(5);

    second.command(bob, new CallAction.Join());

    // Whether the start had reached him is not known: it is sent again, by the new owner.
    assertThat(heard(bobSocket)).containsExactly("CallStart", "offer:offer", "ice:one", "ice:two");
    assertThat(stage.got(bobSocket, ClientEvent.CallStart.class).get(0).owner())
        .isEqualTo("second");
    assertThat(heard(annSocket)).isEmpty();
  }

  @Test
  void aMemberWhoIsLostWhileNobodyHoldsTheCallHasAMomentToReturn() {
    first.talk();
    stage.drop(bobSocket);
    first.command(bob, new CallAction.Lose(null));
    stage.advanceSeconds(8);
    first.die();
    stage.advanceSeconds(5);
    SocketRef back = stage.socket();

    assertThat(second.command(bob, back, new CallAction.Return())).isEqualTo(Outcome.DONE);
    stage.advanceSeconds(20);

    assertThat(second.calls.held()).isEqualTo(1);
    assertThat(heard(annSocket)).containsExactly("PeerReconnecting", "PeerReconnected");
  }

  @Test
  void aSocketThatWasLostWithTheInstanceIsNoticed() {
    first.talk();
    first.die();
    stage.drop(bobSocket);

    stage.advanceSeconds(5 + 10);

    assertThat(heard(annSocket)).startsWith("PeerReconnecting", "PeerDisconnected");
    assertThat(stage.stored.get(room).reason()).isEqualTo(EndReason.PEER_LOST);
  }

  @Test
  void aGatewayThatMissedTheOwnerHasItsCallAdoptedAtOnce() {
    first.talk();
    first.die();

    var located = second.calls.locate(new Locate(room, "first")).result();

    assertThat(located.owner()).isEqualTo("second");
    assertThat(second.command(ann, new CallAction.Say("hi"))).isEqualTo(Outcome.DONE);
  }

  @Test
  void anOwnerThatOnlyMissedOneCommandKeepsTheCall() {
    first.talk();

    var located = second.calls.locate(new Locate(room, "first")).result();

    assertThat(located.owner()).isEqualTo("first");
    assertThat(second.calls.held()).isZero();
  }

  @Test
  void anInstanceThatStoodStillDoesNothingMoreForACallThatWasAdopted() {
    first.talk();
    first.time.sleep();
    stage.advanceSeconds(20);
    assertThat(second.calls.held()).isEqualTo(1);
    stage.bus.forget();
    directory.writes = 0;

    Future<Outcome> late =
        first
            .calls
            .command(new Command(room, ann, annSocket, new CallAction.Say("from the past")))
            .map(done -> done.outcome());
    first.time.wake();

    assertThat(late.result()).isEqualTo(Outcome.UNKNOWN_CALL);
    assertThat(first.calls.held()).isZero();
    assertThat(directory.writes).isZero();
    assertThat(heard(annSocket)).isEmpty();
    assertThat(heard(bobSocket)).isEmpty();
    stage.advanceSeconds(60 + AGREED);
    assertThat(stage.attempts).isEqualTo(1);
    assertThat(ends(annSocket)).hasSize(1);
    assertThat(ends(bobSocket)).hasSize(1);
  }

  @Test
  void anInstanceThatSleptThroughTheEndDoesNotEndTheCallASecondTime() {
    first.talk();
    first.time.sleep();
    stage.advanceSeconds(60 + AGREED);
    assertThat(stage.attempts).isEqualTo(1);

    first.time.wake();
    stage.advanceSeconds(60);

    assertThat(stage.attempts).isEqualTo(1);
    assertThat(ends(annSocket)).hasSize(1);
    assertThat(first.located()).isEqualTo("second");
    assertThat(first.calls.held()).isZero();
  }

  @Test
  void anOwnerThatAloneIsCutOffFromTheStoreHearsOverTheBusThatItIsReplaced() {
    var cut = new UnsteadyDirectory(directory);
    var third = new Instance("third", cut);
    third.calls.begin().result();
    third.talk();
    cut.away = true;

    stage.advanceSeconds(5);

    assertThat(third.calls.held()).isZero();
    assertThat(third.command(ann, new CallAction.Say("from the past")))
        .isEqualTo(Outcome.UNKNOWN_CALL);
    assertThat(first.calls.held() + second.calls.held()).isEqualTo(1);
    stage.advanceSeconds(60 + AGREED);
    assertThat(stage.attempts).isEqualTo(1);
    assertThat(ends(annSocket)).hasSize(1);
  }

  @Test
  void anInstanceThatStoodStillForAMomentGoesOn() {
    first.talk();
    first.time.sleep();
    stage.advance(Duration.ofMillis(2_500));

    first.time.wake();

    assertThat(first.command(ann, new CallAction.Say("hi"))).isEqualTo(Outcome.DONE);
    assertThat(heard(bobSocket)).containsExactly("chat:hi");
    assertThat(second.calls.held()).isZero();
  }

  @Test
  void anInstanceThatDiesInTheMiddleOfTheEndLeavesTheRestToAnother() {
    first.talk();
    stage.advanceSeconds(70);
    stage.holdAnswers = true;
    first.command(ann, new CallAction.End());
    first.die();
    stage.holdAnswers = false;

    stage.advanceSeconds(5);

    assertThat(ends(annSocket)).hasSize(1);
    assertThat(ends(bobSocket)).hasSize(1);
    assertThat(ends(bobSocket).get(0).reason()).isEqualTo(EndReason.LEFT);
    assertThat(stage.stored).hasSize(1);
    assertThat(stage.released).containsExactlyInAnyOrder(ann, bob);
  }

  @Test
  void whoseGatewayDiedWithTheOwnerIsLostSinceThen() {
    bobSocket = stage.socketAt("other-0");
    first.talk();
    Instant lastSeen = stage.now();
    first.die();
    stage.kill("other-0");
    stage.advanceSeconds(1);
    second.calls.gatewayLost(new GatewayLost("other", lastSeen));

    stage.advanceSeconds(5);
    assertThat(heard(annSocket)).containsExactly("PeerReconnecting");
    stage.advanceSeconds(4);

    assertThat(heard(annSocket)).containsExactly("PeerReconnecting", "PeerDisconnected");
  }

  @Test
  void whoIsLostWhileNobodyHoldsTheCallIsLostSinceThen() {
    first.talk();
    first.die();
    stage.drop(bobSocket);
    Instant lostAt = stage.now();
    stage.advanceSeconds(5);

    second.command(bob, new CallAction.Lose(lostAt));
    assertThat(heard(annSocket)).containsExactly("PeerReconnecting");
    stage.advanceSeconds(5);

    assertThat(heard(annSocket)).containsExactly("PeerReconnecting", "PeerDisconnected");
  }

  @Test
  void theTombstoneOfADeadInstanceAnswersFromAnother() {
    first.talk();
    first.command(ann, new CallAction.End());
    first.die();
    stage.forget(annSocket);
    stage.advanceSeconds(5);

    assertThat(second.located()).isEqualTo("second");
    assertThat(second.command(ann, new CallAction.End())).isEqualTo(Outcome.DONE);

    assertThat(ends(annSocket)).hasSize(1);
    assertThat(second.calls.held()).isZero();
  }

  @Test
  void aCallWhoseOwnerDiedBeforeItBeganIsBegunByWhoIsAskedNext() {
    directory.claim(Snapshots.in(room, new CallState.Created()), "first", stage.now()).result();
    first.die();

    assertThat(second.open()).isEqualTo("second");
  }

  @Test
  void withoutTheStoreRunningCallsGoOnAndNothingIsAdopted() {
    first.talk();
    directory.away = true;
    stage.advanceSeconds(30);

    assertThat(first.command(ann, new CallAction.Say("hi"))).isEqualTo(Outcome.DONE);
    assertThat(heard(bobSocket)).containsExactly("chat:hi");
    assertThat(first.calls.storeAnswers()).isFalse();
    assertThat(second.calls.held()).isZero();
    assertThat(
            first
                .calls
                .open(
                    new Open(
                        UUID.randomUUID(),
                        new Member(UUID.randomUUID(), "C", stage.socket()),
                        new Member(UUID.randomUUID(), "D", stage.socket()),
                        60))
                .failed())
        .isTrue();
  }

  @Test
  void whenTheStoreIsBackWithNothingInItEverythingIsWrittenAnewAndStaysWhereItIs() {
    first.talk();
    directory.away = true;
    stage.advanceSeconds(10);
    first.command(ann, new CallAction.Say("meanwhile"));
    directory.lose();
    directory.away = false;

    stage.advanceSeconds(10);

    assertThat(first.calls.held()).isEqualTo(1);
    assertThat(second.calls.held()).isZero();
    assertThat(first.calls.unwritten()).isZero();
    assertThat(second.located()).isEqualTo("first");
    assertThat(second.calls.count(new CountCalls()).result().running()).isEqualTo(1);
    first.die();
    stage.advanceSeconds(60 + AGREED);
    assertThat(stage.stored.get(room).messages())
        .extracting(CallMessage::text)
        .containsExactly("meanwhile");
  }

  @Test
  void aCallThatEndsWithoutTheStoreIsStoredAtOnceAndNotAdoptedLater() {
    first.talk();
    stage.advanceSeconds(70);
    directory.away = true;
    first.command(ann, new CallAction.End());
    assertThat(ends(bobSocket)).hasSize(1);
    stage.advanceSeconds(10);
    directory.away = false;

    stage.advanceSeconds(200);

    assertThat(stage.stored).hasSize(1);
    assertThat(stage.attempts).isEqualTo(1);
    assertThat(second.calls.held()).isZero();
    assertThat(second.located()).isEqualTo("first");
    assertThat(second.calls.count(new CountCalls()).result().running()).isZero();
  }

  @Test
  void anInstanceThatLeavesLosesNothingOfWhatItAnswered() {
    first.talk();
    first.command(ann, new CallAction.Say("one"));
    stage.drop(bobSocket);
    first.command(bob, new CallAction.Lose(null));
    first.command(ann, new CallAction.Say("two"));

    var left = first.calls.handOver(Duration.ofSeconds(10), Future::succeededFuture);
    assertThat(left.isComplete()).isTrue();
    assertThat(first.command(ann, new CallAction.Say("three"))).isEqualTo(Outcome.UNKNOWN_CALL);
    var located = second.calls.locate(new Locate(room, "first")).result();
    second.command(ann, new CallAction.Say("three"));
    SocketRef back = stage.socket();
    second.command(bob, back, new CallAction.Return());

    assertThat(located.owner()).isEqualTo("second");
    assertThat(first.calls.held()).isZero();
    assertThat(heard(back)).containsExactly("chat:two", "chat:three");
    second.command(bob, back, new CallAction.End());
    assertThat(stage.stored.get(room).messages())
        .extracting(CallMessage::text)
        .containsExactly("one", "two", "three");
  }

  @Test
  void theOnlyInstanceGoesOnUntilAnotherIsThere() {
    second.die();
    stage.advanceSeconds(5);
    first.talk();

    var left = first.calls.handOver(Duration.ofSeconds(10), Future::succeededFuture);
    stage.advanceSeconds(5);

    assertThat(left.isComplete()).isFalse();
    assertThat(first.command(ann, new CallAction.Say("hi"))).isEqualTo(Outcome.DONE);
    Instance third = new Instance("third");
    third.calls.begin().result();
    stage.advanceSeconds(4);
    assertThat(left.isComplete()).isTrue();
    assertThat(third.calls.held()).isEqualTo(1);
  }

  @Test
  void theOnlyInstanceDoesNotWaitForEver() {
    second.die();
    stage.advanceSeconds(5);
    first.talk();

    var left = first.calls.handOver(Duration.ofSeconds(10), Future::succeededFuture);
    stage.advanceSeconds(10);

    assertThat(left.isComplete()).isTrue();
    assertThat(first.calls.held()).isZero();
  }

  @Test
  void manyCallsAreAdoptedAtOnce() {
    for (int i = 0; i < 90; i++) {
      first
          .calls
          .open(
              new Open(
                  UUID.randomUUID(),
                  new Member(UUID.randomUUID(), "A", stage.socket()),
                  new Member(UUID.randomUUID(), "B", stage.socket()),
                  60))
          .result();
    }
    first.die();

    stage.advanceSeconds(5);

    assertThat(second.calls.held()).isEqualTo(90);
    assertThat(second.calls.count(new CountCalls()).result().running()).isEqualTo(90);
  }

  @Test
  void callsThatEndWhileTheDatabaseIsAwayAreStoredOnceEvenWhenTheirInstanceDies() {
    List<Open> opened = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Open open =
          new Open(
              UUID.randomUUID(),
              new Member(UUID.randomUUID(), "A", stage.socket()),
              new Member(UUID.randomUUID(), "B", stage.socket()),
              1_800);
      first.calls.open(open).result();
      for (Member member : List.of(open.initiator(), open.other())) {
        commandOf(open, member, new CallAction.Join());
      }
      opened.add(open);
    }
    stage.advanceSeconds(70);
    stage.database = Stage.Database.AWAY;

    for (Open open : opened.subList(0, 25)) {
      commandOf(open, open.initiator(), new CallAction.End());
    }
    stage.advanceSeconds(30);
    for (Open open : opened.subList(25, 50)) {
      commandOf(open, open.initiator(), new CallAction.End());
    }
    first.die();
    stage.advanceSeconds(30);
    assertThat(stage.stored).isEmpty();
    for (Open open : opened) {
      assertThat(ends(open.other().socket())).as("told of the end").isNotEmpty();
    }
    stage.database = Stage.Database.UP;
    stage.attempts = 0;
    stage.advanceSeconds(120);

    assertThat(stage.stored).hasSize(50);
    assertThat(stage.attempts).isEqualTo(50);
    assertThat(second.calls.count(new CountCalls()).result().waitingToBeStored()).isZero();
  }

  private void commandOf(Open open, Member member, CallAction action) {
    first
        .calls
        .command(new Command(open.roomId(), member.userId(), member.socket(), action))
        .result();
  }

  @Test
  void chatIsWrittenDownTogether() {
    first.talk();
    stage.advanceSeconds(1);
    directory.writes = 0;

    for (int i = 0; i < 5; i++) {
      first.command(ann, new CallAction.Say("line " + i));
    }
    first.command(ann, new CallAction.Send(SignalKind.ICE, "relayed"));
    stage.advanceSeconds(1);

    assertThat(directory.writes).isEqualTo(1);
  }

  private List<String> heard(SocketRef socket) {
    return stage.got(socket).stream().map(CallStage::inShort).toList();
  }

  private List<SessionFinalized> ends(SocketRef socket) {
    return stage.got(socket, SessionFinalized.class);
  }
}
