package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.signaling.SignalingContract.AdoptedCall;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallsAdopted;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatSpaceTest {

  private static CallStage withRoomFor(int chars) {
    CallBounds bounds = CallStage.BOUNDS;
    return new CallStage(
        new CallBounds(
            bounds.calls(),
            bounds.tombstones(),
            bounds.tombstoneFor(),
            bounds.setup(),
            bounds.grace(),
            bounds.signalAge(),
            bounds.sdpLength(),
            bounds.candidateLength(),
            bounds.candidates(),
            bounds.chat(),
            chars,
            bounds.chatPerSecond(),
            bounds.outbox(),
            bounds.snapshotChars(),
            bounds.snapshotDelay(),
            bounds.lease()));
  }

  @Test
  void aLineForWhichThereIsNoSpaceIsRefusedAndTheCallGoesOn() {
    var call = withRoomFor(500).talking();

    assertThat(call.say(call.ann, "x".repeat(100))).isEqualTo(Outcome.DONE);
    assertThat(call.say(call.ann, "x".repeat(100))).isEqualTo(Outcome.LIMIT_REACHED);
    assertThat(call.say(call.bob, "")).isEqualTo(Outcome.DONE);

    assertThat(call.calls.chatChars()).isEqualTo(500);
    assertThat(call.heard(call.bobSocket)).containsExactly("chat:" + "x".repeat(100), "chat:");
  }

  @Test
  void theEndOfACallGivesItsSpaceBack() {
    var call = withRoomFor(500).talking();
    call.say(call.ann, "x".repeat(300));

    call.end(call.ann);

    assertThat(call.calls.chatChars()).isZero();
    assertThat(call.stage.stored.get(call.room).messages()).hasSize(1);
  }

  @Test
  void aCallThatIsAnotherInstancesByNowTakesNoSpace() {
    var call = withRoomFor(500).talking();
    call.say(call.ann, "x".repeat(300));

    call.calls.adoptedElsewhere(
        new CallsAdopted("owner-2", List.of(new AdoptedCall(call.room, 2))));

    assertThat(call.calls.chatChars()).isZero();
  }
}
