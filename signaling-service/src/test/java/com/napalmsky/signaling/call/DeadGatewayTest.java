package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.EndReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A gateway that dies says of none of its sockets that they are lost; presence notices. */
class DeadGatewayTest {

  private final CallStage call = new CallStage().talking();

  @Test
  void thePeerIsToldAtOnceAndTheCallEndsWhenNobodyComesBack() {
    call.stage.drop(call.bobSocket);

    call.calls.presenceChanged(lost());

    assertThat(call.heard(call.annSocket)).containsExactly("PeerReconnecting");
    call.stage.advance(Duration.ofSeconds(11));
    assertThat(call.stage.stored).hasSize(1);
    assertThat(call.heard(call.annSocket))
        .last()
        .isEqualTo("finalized:" + EndReason.PEER_LOST.wire());
  }

  @Test
  void whoComesBackThroughAnotherGatewayGoesOn() {
    call.stage.drop(call.bobSocket);
    call.calls.presenceChanged(lost());

    call.comeBack(call.bob);

    assertThat(call.heard(call.annSocket)).containsExactly("PeerReconnecting", "PeerReconnected");
  }

  @Test
  void aSocketThatIsThereAfterAllIsNotTakenFromTheCall() {
    call.calls.presenceChanged(lost());
    call.stage.advance(Duration.ofSeconds(20));

    assertThat(call.heard(call.annSocket)).isEmpty();
    assertThat(call.say(call.bob, "still here").name()).isEqualTo("DONE");
  }

  @Test
  void whatIsLostInOtherRoomsIsNoMatterOfTheCall() {
    call.stage.drop(call.bobSocket);

    call.calls.presenceChanged(
        new Changed(
            new StreamPosition("epoch", 1),
            call.bob,
            PresenceState.AVAILABLE,
            PresenceState.GRACE,
            null,
            null));

    assertThat(call.heard(call.annSocket)).isEmpty();
  }

  private Changed lost() {
    return new Changed(
        new StreamPosition("epoch", 1),
        call.bob,
        PresenceState.IN_CALL,
        PresenceState.GRACE,
        null,
        call.room);
  }
}
