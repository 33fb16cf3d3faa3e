package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallProgress;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallTimeTest {

  @Test
  void theServerEndsACallFiveSecondsAfterTheAgreedTime() {
    var call = new CallStage().talking();

    call.stage.advance(Duration.ofSeconds(CallStage.AGREED + 5).minusMillis(1));
    assertThat(call.heard(call.annSocket)).isEmpty();
    call.stage.advance(Duration.ofMillis(1));

    assertThat(call.heard(call.annSocket)).containsExactly("MetricsUpdate", "finalized:completed");
    assertThat(call.heard(call.bobSocket)).containsExactly("MetricsUpdate", "finalized:completed");
    assertThat(call.stage.stored.get(call.room).durationSeconds()).isEqualTo(CallStage.AGREED + 5);
  }

  @Test
  void setupIsNotTalkTime() {
    var call = new CallStage().open();
    call.stage.advanceSeconds(10);
    call.join(call.ann);
    call.join(call.bob);
    call.stage.advanceSeconds(5);
    call.send(call.ann, SignalKind.OFFER, "o");
    call.stage.advanceSeconds(5);
    call.send(call.bob, SignalKind.ANSWER, "a");
    call.stage.advanceSeconds(30);

    call.end(call.ann);

    RecordCall stored = call.stage.stored.get(call.room);
    assertThat(stored.durationSeconds()).isEqualTo(30);
    assertThat(Duration.between(stored.startedAt(), stored.endedAt())).hasSeconds(50);
  }

  @Test
  void whoJoinsIsToldHowFarTheCallIs() {
    var call = new CallStage().open();

    CallProgress alone = call.progress(call.ann);
    call.join(call.bob);
    call.send(call.ann, SignalKind.OFFER, "o");
    CallProgress offered = call.progress(call.ann);
    call.stage.advanceSeconds(5);
    call.send(call.bob, SignalKind.ANSWER, "a");
    Instant began = call.stage.timers.now();
    call.stage.advanceSeconds(30);

    assertThat(alone)
        .isEqualTo(new CallProgress(CallStage.AGREED, true, call.bob, "Bob", null, null));
    assertThat(offered).isEqualTo(alone);
    assertThat(call.progress(call.ann))
        .isEqualTo(
            new CallProgress(
                CallStage.AGREED,
                true,
                call.bob,
                "Bob",
                began,
                began.plusSeconds(CallStage.AGREED)));
    assertThat(call.progress(call.bob))
        .isEqualTo(
            new CallProgress(
                CallStage.AGREED,
                false,
                call.ann,
                "Ann",
                began,
                began.plusSeconds(CallStage.AGREED)));
    assertThat(call.progress(UUID.randomUUID())).isNull();
    call.end(call.ann);
    assertThat(call.progress(call.bob)).isNull();
  }

  @Test
  void withoutAnySignallingTalkBeganWhenBothHadJoined() {
    var call = new CallStage().open();
    call.stage.advanceSeconds(20);
    call.join(call.ann);
    call.join(call.bob);

    call.stage.advanceSeconds(CallStage.AGREED + 5);

    assertThat(call.stage.stored.get(call.room).reason()).isEqualTo(EndReason.COMPLETED);
    assertThat(call.stage.stored.get(call.room).durationSeconds()).isEqualTo(CallStage.AGREED + 5);
  }

  @Test
  void nobodyJoiningIsAFailedSetupAfterAMinute() {
    var call = new CallStage().open();
    call.stage.forget(call.annSocket);

    call.stage.advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(call.heard(call.annSocket)).isEmpty();
    call.stage.advance(Duration.ofMillis(1));

    assertThat(call.heard(call.annSocket)).containsExactly("finalized:setup_failed");
    SessionFinalized end = call.stage.got(call.annSocket, SessionFinalized.class).get(0);
    assertThat(end.durationSeconds()).isZero();
    assertThat(end.cooldownExpiry()).isNull();
    assertThat(call.stage.bus.sent(RecordCall.class)).isEmpty();
    assertThat(call.stage.released).containsExactlyInAnyOrder(call.ann, call.bob);
  }

  @Test
  void anOfferThatIsNeverAnsweredIsAFailedSetup() {
    var call = new CallStage().joined();
    call.stage.advanceSeconds(5);
    call.send(call.ann, SignalKind.OFFER, "o");

    call.stage.advanceSeconds(55);

    assertThat(call.heard(call.annSocket)).containsExactly("finalized:setup_failed");
    assertThat(call.stage.stored).isEmpty();
  }

  @Test
  void leavingBeforeTalkBeganIsAFailedSetup() {
    var call = new CallStage().open();
    call.join(call.ann);
    call.stage.advanceSeconds(40);

    call.end(call.ann);

    assertThat(call.heard(call.annSocket)).containsExactly("CallStart", "finalized:setup_failed");
    assertThat(call.stage.bus.sent(RecordCall.class)).isEmpty();
  }

  @Test
  void anAnswerOfARenegotiationMovesNothing() {
    var call = new CallStage().talking();
    call.stage.advanceSeconds(20);
    call.send(call.bob, SignalKind.OFFER, "o2");
    call.send(call.ann, SignalKind.ANSWER, "a2");
    call.stage.advanceSeconds(20);

    call.end(call.bob);

    assertThat(call.stage.stored.get(call.room).durationSeconds()).isEqualTo(40);
  }

  @Test
  void aFirstOfferAfterTheSetupTimeMovesNothing() {
    var call = new CallStage().joined();
    call.stage.advanceSeconds(61);
    call.send(call.ann, SignalKind.OFFER, "late");
    call.stage.advanceSeconds(9);

    call.end(call.ann);

    assertThat(call.stage.stored.get(call.room).durationSeconds()).isEqualTo(70);
  }

  @Test
  void anAnswerBufferedForTheOffererCountsFromHisJoining() {
    var call = new CallStage().open();
    call.send(call.ann, SignalKind.OFFER, "o");
    call.join(call.bob);
    call.send(call.bob, SignalKind.ANSWER, "a");
    call.stage.advanceSeconds(10);
    call.join(call.ann);
    call.stage.advanceSeconds(30);

    call.end(call.ann);

    assertThat(call.heard(call.annSocket)).startsWith("CallStart", "answer:a");
    assertThat(call.stage.stored.get(call.room).durationSeconds()).isEqualTo(30);
  }

  @Test
  void candidatesAloneAreNoSetup() {
    var call = new CallStage().joined();
    call.send(call.ann, SignalKind.ICE, "1");

    call.stage.advanceSeconds(90);
    call.end(call.ann);

    assertThat(call.stage.stored.get(call.room).durationSeconds()).isEqualTo(90);
  }

  @Test
  void aRunningCallHoldsOneTimer() {
    var call = new CallStage().talking();

    for (int i = 0; i < 1_000; i++) {
      call.send(call.ann, SignalKind.ICE, "" + i);
    }

    call.calls.stop();
    assertThat(call.stage.timers.pending()).isEqualTo(1);
  }
}
