package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.CountCalls;
import com.napalmsky.shared.contract.signaling.SignalingContract.Locate;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EndingTest {

  @Test
  void bothGetResultsBeforeTheEndInTheContractsOrder() {
    var call = new CallStage().talking();
    call.stage.unlocked.add(call.bob);
    call.stage.advance(Duration.ofMillis(42_900));

    assertThat(call.end(call.ann)).isEqualTo(Outcome.DONE);

    assertThat(call.heard(call.annSocket)).containsExactly("MetricsUpdate", "finalized:left");
    assertThat(call.heard(call.bobSocket))
        .containsExactly("QrUnlocked", "MetricsUpdate", "finalized:left");
    SessionFinalized end = call.stage.got(call.annSocket, SessionFinalized.class).get(0);
    assertThat(end.sessionId()).startsWith("session-");
    assertThat(end.roomId()).isEqualTo(call.room);
    assertThat(end.durationSeconds()).isEqualTo(42);
    assertThat(end.cooldownExpiry()).isEqualTo(call.stage.now().plus(Duration.ofHours(24)));
    RecordCall stored = call.stage.stored.get(call.room);
    assertThat(stored.sessionId()).isEqualTo(end.sessionId());
    assertThat(stored.durationSeconds()).isEqualTo(42);
    assertThat(call.stage.released).containsExactlyInAnyOrder(call.ann, call.bob);
    assertThat(call.calls.count(new CountCalls()).result().running()).isZero();
  }

  @Test
  void thePartnerOfADeletedAccountIsToldAtOnceAndTheCallIsStored() {
    var call = new CallStage().talking();
    call.stage.advanceSeconds(42);

    call.calls.sessionsEnded(ended(call.ann, SessionEnd.DELETED));

    assertThat(call.heard(call.bobSocket)).containsExactly("MetricsUpdate", "finalized:left");
    assertThat(call.stage.released).containsExactlyInAnyOrder(call.ann, call.bob);
    assertThat(call.stage.stored.get(call.room).durationSeconds()).isEqualTo(42);
  }

  @Test
  void anAccountDeletedBeforeTalkBeganEndsTheSetUp() {
    var call = new CallStage().open();
    call.stage.forget(call.bobSocket);

    call.calls.sessionsEnded(ended(call.ann, SessionEnd.DELETED));

    assertThat(call.heard(call.bobSocket)).endsWith("finalized:setup_failed");
  }

  @Test
  void aDeletionAfterTheEndOrOfSomebodyElseChangesNothing() {
    var call = new CallStage().talking();
    call.calls.sessionsEnded(ended(UUID.randomUUID(), SessionEnd.DELETED));
    call.calls.sessionsEnded(ended(call.ann, SessionEnd.NEW_LOGIN));
    call.calls.sessionsEnded(ended(call.ann, SessionEnd.LOGGED_OUT));
    assertThat(call.heard(call.bobSocket)).isEmpty();
    call.end(call.bob);
    call.stage.forget(call.bobSocket);

    call.calls.sessionsEnded(ended(call.ann, SessionEnd.DELETED));

    assertThat(call.heard(call.bobSocket)).isEmpty();
    assertThat(call.stage.stored).hasSize(1);
  }

  @RepeatedTest(20)
  void aDeletionAndTheLossOfItsSocketEndTheCallOnce(RepetitionInfo repetition) {
    var call = new CallStage().talking();
    List<Runnable> race = new ArrayList<>();
    race.add(() -> call.calls.sessionsEnded(ended(call.ann, SessionEnd.DELETED)));
    race.add(() -> call.lose(call.ann));
    race.add(() -> call.end(call.bob));
    race.add(() -> call.stage.advance(Duration.ofMillis(300)));
    Collections.shuffle(race, new Random(repetition.getCurrentRepetition()));

    race.forEach(Runnable::run);
    call.stage.advanceSeconds(20);

    assertThat(sessions(call, call.bobSocket)).hasSize(1);
    assertThat(call.stage.stored).hasSize(1);
  }

  private static SessionsEnded ended(UUID userId, SessionEnd end) {
    return new SessionsEnded(userId, List.of(UUID.randomUUID()), end);
  }

  @RepeatedTest(100)
  void bothEndingAtOnceEndTheCallOnce(RepetitionInfo repetition) {
    var call = new CallStage().talking();
    call.stage.holdAnswers = true;
    call.stage.advanceSeconds(30);
    List<Runnable> race = new ArrayList<>();
    race.add(() -> call.end(call.ann));
    race.add(() -> call.end(call.bob));
    race.add(() -> call.end(call.bob));
    race.add(() -> answerOne(call));
    race.add(() -> call.stage.advance(Duration.ofMillis(100)));
    Collections.shuffle(race, new Random(repetition.getCurrentRepetition()));

    race.forEach(Runnable::run);
    answerAll(call);

    assertOneEnd(call, call.annSocket, call.bobSocket);
    assertThat(call.stage.stored.get(call.room).reason()).isEqualTo(EndReason.LEFT);
  }

  @RepeatedTest(100)
  void anEndAndALossAtOnceEndTheCallOnce(RepetitionInfo repetition) {
    var call = new CallStage().talking();
    call.stage.holdAnswers = true;
    SocketRef bobElsewhere = call.stage.socket();
    call.stage.primary(call.bob, bobElsewhere);
    Random random = new Random(repetition.getCurrentRepetition());
    List<Runnable> race = new ArrayList<>();
    race.add(() -> call.end(call.ann));
    race.add(() -> call.lose(call.bob));
    race.add(() -> answerOne(call));
    race.add(() -> call.stage.advance(Duration.ofMillis(random.nextInt(12_000))));
    Collections.shuffle(race, random);

    race.forEach(Runnable::run);
    answerAll(call);

    assertThat(call.stage.got(call.annSocket, SessionFinalized.class)).isNotEmpty();
    assertThat(sessions(call, call.annSocket)).hasSize(1);
    assertThat(call.stage.stored).hasSize(1);
    assertThat(call.stage.attempts).isEqualTo(1);
    assertThat(call.stage.bus.sent(ReleaseCall.class)).hasSize(1);
  }

  @Test
  void aRepeatedEndIsToldToTheAskerAloneWithTheSameSession() {
    var call = new CallStage().talking();
    call.end(call.ann);
    SessionFinalized first = call.stage.got(call.annSocket, SessionFinalized.class).get(0);
    call.stage.forget(call.annSocket);
    call.stage.forget(call.bobSocket);
    call.stage.bus.forget();
    call.stage.advance(Duration.ofMinutes(9));

    assertThat(call.end(call.bob)).isEqualTo(Outcome.DONE);

    assertThat(call.stage.got(call.bobSocket)).containsExactly(first);
    assertThat(call.stage.got(call.annSocket)).isEmpty();
    assertThat(call.stage.bus.sent(RecordCall.class)).isEmpty();
    assertThat(call.stage.bus.sent(ReleaseCall.class)).isEmpty();
  }

  @Test
  void joiningOrReturningToAnEndedCallIsAnsweredWithItsEnd() {
    var call = new CallStage().talking();
    call.end(call.ann);
    SessionFinalized end = call.stage.got(call.annSocket, SessionFinalized.class).get(0);
    SocketRef back = call.stage.socket();

    assertThat(call.command(call.bob, back, new CallAction.Return())).isEqualTo(Outcome.DONE);
    assertThat(call.command(call.bob, back, new CallAction.Join())).isEqualTo(Outcome.DONE);

    assertThat(call.stage.got(back)).containsExactly(end, end);
  }

  @Test
  void anEndedCallTakesNothingElse() {
    var call = new CallStage().talking();
    call.end(call.ann);
    call.stage.forget(call.bobSocket);

    assertThat(call.send(call.ann, SignalKind.ICE, "1")).isEqualTo(Outcome.NOT_ACTIVE);
    assertThat(call.say(call.ann, "bye")).isEqualTo(Outcome.NOT_ACTIVE);
    assertThat(call.command(call.ann, new CallAction.Lose(null))).isEqualTo(Outcome.DONE);
    assertThat(call.command(UUID.randomUUID(), call.annSocket, new CallAction.End()))
        .isEqualTo(Outcome.NOT_A_MEMBER);
    assertThat(call.stage.got(call.bobSocket)).isEmpty();
  }

  @Test
  void aTombstoneStandsForTenMinutes() {
    var call = new CallStage().talking();
    call.end(call.ann);
    call.stage.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(call.calls.locate(new Locate(call.room)).result().owner()).isEqualTo("owner-1");
    assertThat(call.end(call.bob)).isEqualTo(Outcome.DONE);

    call.stage.advance(Duration.ofMillis(1));

    assertThat(call.end(call.bob)).isEqualTo(Outcome.UNKNOWN_CALL);
    assertThat(call.calls.locate(new Locate(call.room)).result().owner()).isNull();
    assertThat(call.calls.tombstones()).isZero();
    assertThat(call.calls.held()).isZero();
    call.calls.stop();
    assertThat(call.stage.timers.pending()).isZero();
  }

  @Test
  void theOldestTombstoneGivesWay() {
    var call = new CallStage().talking();
    call.end(call.ann);
    for (int i = 0; i < CallStage.BOUNDS.tombstones(); i++) {
      var later =
          new Open(UUID.randomUUID(), call.opening().initiator(), call.opening().other(), 60);
      call.calls.open(later).result();
      call.calls
          .command(new Command(later.roomId(), call.ann, call.annSocket, new CallAction.End()))
          .result();
    }

    assertThat(call.calls.tombstones()).isEqualTo(CallStage.BOUNDS.tombstones());
    assertThat(call.end(call.bob)).isEqualTo(Outcome.UNKNOWN_CALL);
    assertThat(call.directory.find(call.room, call.stage.now()).result()).isNull();
  }

  @Test
  void openingTheRoomOfATombstoneStartsNothing() {
    var call = new CallStage().talking();
    call.end(call.ann);
    call.stage.forget(call.annSocket);

    assertThat(call.calls.open(call.opening()).result().owner()).isEqualTo("owner-1");

    assertThat(call.stage.got(call.annSocket)).isEmpty();
    assertThat(call.calls.held()).isZero();
  }

  @Test
  void aMemberWithoutABoundSocketIsToldOnHisPrimaryOne() {
    var call = new CallStage().talking();
    call.lose(call.bob);
    SocketRef elsewhere = call.stage.socket();
    call.stage.primary(call.bob, elsewhere);

    call.end(call.ann);

    assertThat(call.heard(elsewhere)).containsExactly("MetricsUpdate", "finalized:left");
  }

  @Test
  void whatABrokenSocketDoesNotTakeGoesToThePrimaryOne() {
    var call = new CallStage().talking();
    call.stage.drop(call.bobSocket);
    SocketRef elsewhere = call.stage.socket();
    call.stage.primary(call.bob, elsewhere);

    call.end(call.ann);

    assertThat(call.heard(elsewhere)).containsExactly("MetricsUpdate", "finalized:left");
  }

  @Test
  void theEndIsToldAlsoToTheSocketThatAskedForIt() {
    var call = new CallStage().talking();
    SocketRef halfOpen = call.bobSocket;
    SocketRef fresh = call.stage.socket();

    call.command(call.bob, fresh, new CallAction.End());

    assertThat(call.heard(fresh)).containsExactly("finalized:left");
    assertThat(call.heard(halfOpen)).containsExactly("MetricsUpdate", "finalized:left");
    assertThat(call.heard(call.annSocket)).containsExactly("MetricsUpdate", "finalized:left");
  }

  private static void answerOne(CallStage call) {
    if (call.stage.heldAnswers() > 0) {
      call.stage.answerNext();
    }
  }

  private static void answerAll(CallStage call) {
    while (call.stage.heldAnswers() > 0) {
      call.stage.answerNext();
    }
    call.stage.advance(Duration.ofSeconds(1));
  }

  private static List<String> sessions(CallStage call, SocketRef socket) {
    return call.stage.got(socket, SessionFinalized.class).stream()
        .map(SessionFinalized::sessionId)
        .distinct()
        .toList();
  }

  private static void assertOneEnd(CallStage call, SocketRef first, SocketRef second) {
    assertThat(call.stage.attempts).isEqualTo(1);
    assertThat(call.stage.stored).hasSize(1);
    assertThat(call.stage.bus.sent(ReleaseCall.class)).hasSize(1);
    assertThat(sessions(call, first)).hasSize(1).isEqualTo(sessions(call, second));
    assertThat(call.heard(first)).filteredOn("MetricsUpdate"::equals).hasSize(1);
    assertThat(call.heard(second)).filteredOn("MetricsUpdate"::equals).hasSize(1);
  }
}
