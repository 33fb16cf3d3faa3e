package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.GatewayLost;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A gateway that dies says of none of its sockets that they are lost; presence notices. */
class DeadGatewayTest {

  private static final String OTHER = "other";

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

  @Test
  void theGraceCountsFromWhenTheGatewayWasSeenLast() {
    Instant lastSeen = whenBobsGatewayDied();
    call.stage.advance(Duration.ofSeconds(6));

    call.calls.gatewayLost(new GatewayLost(OTHER, lastSeen));
    assertThat(call.heard(call.annSocket)).containsExactly("PeerReconnecting");
    call.stage.advance(Duration.ofSeconds(4));

    assertThat(call.heard(call.annSocket)).containsExactly("PeerReconnecting", "PeerDisconnected");
  }

  @Test
  void aLossThatWasNoticedBeforeCountsFromThenToo() {
    Instant lastSeen = whenBobsGatewayDied();
    call.stage.advance(Duration.ofSeconds(3));
    call.say(call.ann, "are you there?");
    call.stage.advance(Duration.ofSeconds(4));

    call.calls.gatewayLost(new GatewayLost(OTHER, lastSeen));
    call.stage.advance(Duration.ofSeconds(3));

    assertThat(call.heard(call.annSocket)).contains("PeerReconnecting", "PeerDisconnected");
  }

  @Test
  void whoComesBackInWhatIsLeftOfHisGraceGoesOn() {
    Instant lastSeen = whenBobsGatewayDied();
    call.stage.advance(Duration.ofSeconds(6));
    call.calls.gatewayLost(new GatewayLost(OTHER, lastSeen));
    call.stage.advance(Duration.ofSeconds(3));

    call.comeBack(call.bob);
    call.stage.advance(Duration.ofSeconds(20));

    assertThat(call.heard(call.annSocket)).containsExactly("PeerReconnecting", "PeerReconnected");
  }

  @Test
  void aGatewayThatAnswersIsNotLostAndItsSocketsHaveTheirWholeGraceWhenTheyBreakLater() {
    Instant lastSeen = call.stage.now().minusSeconds(6);
    call.calls.gatewayLost(new GatewayLost("gw", lastSeen));
    assertThat(call.heard(call.annSocket)).isEmpty();

    call.lose(call.bob);
    call.stage.advance(Duration.ofSeconds(9));

    assertThat(call.heard(call.annSocket)).containsExactly("PeerReconnecting");
    call.stage.advance(Duration.ofSeconds(1));
    assertThat(call.heard(call.annSocket)).containsExactly("PeerReconnecting", "PeerDisconnected");
  }

  private Instant whenBobsGatewayDied() {
    call.bobSocket = call.stage.socketAt(OTHER + "-0");
    call.command(call.bob, new CallAction.Join());
    call.stage.kill(OTHER + "-0");
    return call.stage.now();
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
