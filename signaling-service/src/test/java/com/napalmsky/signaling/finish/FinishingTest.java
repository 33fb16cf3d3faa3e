package com.napalmsky.signaling.finish;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.PatientDelivery;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.CallReleased;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.signaling.Stage;
import com.napalmsky.signaling.Stage.Database;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FinishingTest {

  private final Stage stage = new Stage();
  private final FinishedCalls queue = FinishedCalls.inMemory(20, 5);
  private final Finishing finishing = instance();

  private Finishing instance() {
    return new Finishing(
        stage.bus,
        stage.timers,
        queue,
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> 0),
        new PatientDelivery(stage.bus, stage.timers, 100));
  }

  @Test
  void aStoredCallLeavesTheQueueAndItsResultsAreKnown() {
    RecordCall call = FinishedCallsSuite.call();

    Farewell farewell = finishing.finish(call).result();

    assertThat(farewell.cooldownExpiry()).isEqualTo(call.endedAt().plus(Duration.ofHours(24)));
    assertThat(farewell.members()).hasSize(2);
    assertThat(stage.stored).containsValue(call);
    assertThat(finishing.waiting().result()).isZero();
    assertThat(stage.timers.pending()).isZero();
  }

  @Test
  void theReleaseDoesNotWaitForTheDatabase() {
    stage.holdAnswers = true;

    var farewell = finishing.finish(FinishedCallsSuite.call());

    assertThat(stage.released).hasSize(2);
    assertThat(farewell.isComplete()).isFalse();
  }

  @Test
  void nobodyIsToldBeforeHeIsReleased() {
    Promise<CallReleased> slow = Promise.promise();
    var unused = stage.bus.serve(PresenceContract.RELEASE_CALL, release -> slow.future());

    var farewell = finishing.finish(FinishedCallsSuite.call());

    assertThat(farewell.isComplete()).isFalse();
    slow.complete(new CallReleased());
    assertThat(farewell.result().members()).hasSize(2);
  }

  @Test
  void aCallThatDoesNotCountIsReleasedAndNotStored() {
    RecordCall call = failedSetup();

    assertThat(finishing.finish(call).result()).isEqualTo(Farewell.WITHOUT_RESULTS);

    assertThat(stage.released).containsExactlyInAnyOrder(call.firstId(), call.secondId());
    assertThat(stage.attempts).isZero();
    assertThat(finishing.waiting().result()).isZero();
  }

  @Test
  void theMembersWaitForTheirResultsTwoSecondsAtMost() {
    stage.holdAnswers = true;
    RecordCall call = FinishedCallsSuite.call();
    SocketRef primary = stage.socket();
    stage.primary(call.firstId(), primary);
    stage.unlocked.add(call.firstId());
    var farewell = finishing.finish(call);

    stage.advance(Finishing.PATIENCE);
    assertThat(farewell.result()).isEqualTo(Farewell.WITHOUT_RESULTS);
    assertThat(finishing.waiting().result()).isEqualTo(1);
    stage.answerNext();

    assertThat(stage.got(primary))
        .hasExactlyElementsOfTypes(ClientEvent.QrUnlocked.class, ClientEvent.MetricsUpdate.class);
    assertThat(finishing.waiting().result()).isZero();
    assertThat(stage.stored).hasSize(1);
  }

  @Test
  void whileTheDatabaseIsAwayCallsOnlyWaitAndOneIsTriedAtGrowingIntervals() {
    stage.database = Database.AWAY;
    for (int i = 0; i < 10; i++) {
      var farewell = finishing.finish(FinishedCallsSuite.call());
      assertThat(farewell.result()).isEqualTo(Farewell.WITHOUT_RESULTS);
    }
    assertThat(stage.attempts).isEqualTo(1);

    stage.advance(Duration.ofMinutes(5));

    // After 1, 2, 4, 8, 16 s, then each 30 s.
    assertThat(stage.attempts).isEqualTo(1 + 5 + 8);
    assertThat(finishing.waiting().result()).isEqualTo(10);
  }

  @Test
  void allThatWaitedIsStoredOnceWhenTheDatabaseIsBack() {
    stage.database = Database.AWAY;
    for (int i = 0; i < 20; i++) {
      finishing.finish(FinishedCallsSuite.call()).result();
    }
    stage.advance(Duration.ofMinutes(3));
    int before = stage.attempts;

    stage.database = Database.UP;
    stage.advance(Duration.ofSeconds(30));

    assertThat(stage.stored).hasSize(20);
    assertThat(stage.attempts - before).isEqualTo(20);
    assertThat(finishing.waiting().result()).isZero();
  }

  @Test
  void anAnswerThatGotLostIsAskedForAgainAndStoredOnce() {
    stage.holdAnswers = true;
    RecordCall call = FinishedCallsSuite.call();
    var first = stage.bus;
    var unused =
        first.serve(
            UserContract.RECORD_CALL,
            record -> {
              stage.stored.put(record.roomId(), record);
              return Future.failedFuture(ServiceFailure.unavailable("TIMEOUT"));
            });
    finishing.finish(call).result();
    int[] answered = {0};
    var again =
        first.answer(
            UserContract.RECORD_CALL,
            record -> {
              answered[0]++;
              return new UserContract.CallRecorded(record.endedAt(), List.of());
            });

    stage.advance(Duration.ofMinutes(1));

    assertThat(answered[0]).isEqualTo(1);
    assertThat(finishing.waiting().result()).isZero();
  }

  @Test
  void aCallThatCanNeverBeStoredIsSetAsideAndCounted() {
    stage.database = Database.REFUSES;

    var farewell = finishing.finish(FinishedCallsSuite.call());
    stage.advance(Duration.ofMinutes(5));

    assertThat(farewell.result()).isEqualTo(Farewell.WITHOUT_RESULTS);
    assertThat(stage.attempts).isEqualTo(1);
    assertThat(finishing.faults()).isEqualTo(1);
    assertThat(finishing.setAside().result()).isEqualTo(1);
    assertThat(finishing.waiting().result()).isZero();
  }

  @Test
  void aCallThatFailsForItselfHoldsUpNoOther() {
    finishing.start();
    stage.database = Database.FAULTY;
    RecordCall unlucky = FinishedCallsSuite.call();
    finishing.finish(unlucky).result();
    stage.database = Database.UP;

    finishing.finish(FinishedCallsSuite.call()).result();
    assertThat(stage.stored).hasSize(1);
    stage.advance(Duration.ofSeconds(31));

    assertThat(stage.stored).hasSize(2).containsKey(unlucky.roomId());
  }

  @Test
  void theCallsOfADeadInstanceAreTakenUpByAnother() {
    stage.holdAnswers = true;
    RecordCall call = FinishedCallsSuite.call();
    var cutOff = instance().finish(call);
    assertThat(cutOff.isComplete()).isFalse();
    stage.holdAnswers = false;
    finishing.start();
    stage.advance(Duration.ofSeconds(59));
    assertThat(stage.stored).isEmpty();

    stage.advance(Duration.ofSeconds(17));

    assertThat(stage.stored).containsOnlyKeys(call.roomId());
  }

  @Test
  void presenceIsAskedAgainUntilItReleases() {
    var silent = stage.bus.silence(PresenceContract.RELEASE_CALL);

    var farewell = finishing.finish(failedSetup());
    assertThat(farewell.isComplete()).isTrue();
    assertThat(finishing.waitingReleases()).isEqualTo(1);
    stage.advance(Duration.ofMinutes(2));
    int[] releases = {0};
    var back =
        silent.answer(
            PresenceContract.RELEASE_CALL,
            release -> {
              releases[0]++;
              return new CallReleased();
            });
    stage.advance(Duration.ofSeconds(30));

    assertThat(releases[0]).isEqualTo(1);
    assertThat(finishing.waitingReleases()).isZero();
    assertThat(stage.timers.pending()).isZero();
    assertThat(stage.bus.sent(ReleaseCall.class)).hasSizeBetween(7, 12);
  }

  @Test
  void aFullQueueStillGivesACallOneChance() {
    stage.database = Database.AWAY;
    for (int i = 0; i < 20; i++) {
      finishing.finish(FinishedCallsSuite.call()).result();
    }
    assertThat(finishing.hasRoomBeside(0).result()).isFalse();
    stage.database = Database.UP;
    RecordCall oneMore = FinishedCallsSuite.call();

    Farewell farewell = finishing.finish(oneMore).result();

    assertThat(farewell.members()).hasSize(2);
    assertThat(stage.stored).containsKey(oneMore.roomId());
  }

  @Test
  void aFlushTriesAtOnceAndEndsWhenNothingWaits() {
    stage.database = Database.AWAY;
    for (int i = 0; i < 20; i++) {
      finishing.finish(FinishedCallsSuite.call()).result();
    }
    stage.advance(Duration.ofMinutes(2));
    stage.database = Database.UP;

    var flushed = finishing.flush(Duration.ofSeconds(5));

    assertThat(flushed.succeeded()).isTrue();
    assertThat(stage.stored).hasSize(20);
  }

  @Test
  void aFlushGivesUpInTimeAndForgetsNothing() {
    stage.database = Database.AWAY;
    finishing.finish(FinishedCallsSuite.call()).result();

    var flushed = finishing.flush(Duration.ofSeconds(5));
    stage.advance(Duration.ofMillis(4_999));
    assertThat(flushed.isComplete()).isFalse();
    stage.advance(Duration.ofMillis(1));

    assertThat(flushed.succeeded()).isTrue();
    assertThat(finishing.waiting().result()).isEqualTo(1);
  }

  private static RecordCall failedSetup() {
    RecordCall call = FinishedCallsSuite.call();
    return new RecordCall(
        call.roomId(),
        call.sessionId(),
        call.firstId(),
        call.secondId(),
        call.startedAt(),
        call.endedAt(),
        0,
        EndReason.SETUP_FAILED,
        List.of());
  }
}
