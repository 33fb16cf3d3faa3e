package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.signaling.Stage;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconnectTest {

  @Test
  void whoReturnsWithinTheGraceGetsWhatHeMissedOnceInOrder() {
    var call = new CallStage().talking();
    call.lose(call.bob);
    call.send(call.ann, SignalKind.OFFER, "restart");
    call.say(call.ann, "are you there?");
    call.send(call.ann, SignalKind.ICE, "1");
    call.stage.advance(Duration.ofSeconds(9));

    SocketRef back = call.comeBack(call.bob);

    assertThat(call.heard(back)).containsExactly("offer:restart", "chat:are you there?", "ice:1");
    assertThat(call.heard(call.annSocket))
        .containsExactly("PeerReconnecting", "chat:are you there?", "PeerReconnected");
    call.command(call.bob, back, new CallAction.Return());
    call.command(call.bob, back, new CallAction.Join());
    assertThat(call.heard(back)).hasSize(3);
    call.stage.advance(Duration.ofSeconds(30));
    assertThat(call.heard(call.annSocket)).hasSize(3);
  }

  @Test
  void aPageThatJoinsAnewGetsOfferAnswerCandidatesThenTheRest() {
    var call = new CallStage().talking();
    call.lose(call.bob);
    call.say(call.ann, "hello?");
    call.send(call.ann, SignalKind.ICE, "1");
    call.send(call.ann, SignalKind.OFFER, "restart");
    SocketRef page = call.stage.socket();

    call.command(call.bob, page, new CallAction.Join());

    assertThat(call.heard(page)).containsExactly("offer:restart", "ice:1", "chat:hello?");
    assertThat(call.heard(call.annSocket)).last().isEqualTo("PeerReconnected");
  }

  @Test
  void theSocketOfAnotherPageIsNoLoss() {
    var call = new CallStage().talking();
    SocketRef otherTab = call.stage.socket();

    call.command(call.bob, otherTab, new CallAction.Lose(null));
    call.stage.advance(Duration.ofSeconds(20));

    assertThat(call.heard(call.annSocket)).isEmpty();
    assertThat(call.send(call.bob, SignalKind.ICE, "1")).isEqualTo(Outcome.DONE);
  }

  @Test
  void aSecondTabDoesNotTakeTheCallFromALivingSocket() {
    var call = new CallStage().talking();
    SocketRef otherTab = call.stage.socket();

    call.command(call.bob, otherTab, new CallAction.Return());
    call.send(call.ann, SignalKind.ICE, "1");

    assertThat(call.heard(otherTab)).isEmpty();
    assertThat(call.heard(call.bobSocket)).containsExactly("ice:1");
    assertThat(call.heard(call.annSocket)).isEmpty();
  }

  @Test
  void aReturnIsAcceptedWhenTheBoundSocketDiedUnnoticed() {
    var call = new CallStage().talking();
    call.stage.drop(call.bobSocket);

    SocketRef back = call.comeBack(call.bob);
    call.send(call.ann, SignalKind.ICE, "1");

    assertThat(call.heard(back)).containsExactly("ice:1");
  }

  @Test
  void aDeliveryToAnAbsentSocketCountsAsItsLossAndIsNotMissed() {
    var call = new CallStage().talking();
    call.stage.drop(call.bobSocket);

    call.send(call.ann, SignalKind.ICE, "1");
    call.send(call.ann, SignalKind.ICE, "2");

    assertThat(call.heard(call.annSocket)).containsExactly("PeerReconnecting");
    SocketRef back = call.comeBack(call.bob);
    assertThat(call.heard(back)).containsExactly("ice:1", "ice:2");
  }

  @Test
  void aSilentGatewayCountsAsLossAndItsMembersMayReturnThroughAnother() {
    var call = new CallStage().talking();
    call.bobSocket = new SocketRef("gw-dead", 1);
    call.command(call.bob, call.bobSocket, new CallAction.Join());

    call.say(call.ann, "hello?");

    assertThat(call.heard(call.annSocket)).containsExactly("chat:hello?", "PeerReconnecting");
    SocketRef back = call.comeBack(call.bob);
    assertThat(call.heard(back)).containsExactly("chat:hello?");
    assertThat(call.heard(call.annSocket)).last().isEqualTo("PeerReconnected");
  }

  @Test
  void aGatewayThatWasOnlySlowLosesNobodyAndNothingIsSentTwice() {
    var call = new CallStage().talking();
    var unused =
        call.stage.bus.serve(
            GatewayContract.DELIVER.at(Stage.LOOP),
            deliver -> {
              call.stage.gatewayAnswers();
              return Future.failedFuture(ServiceFailure.unavailable("TIMEOUT"));
            });

    call.send(call.ann, SignalKind.ICE, "slow");
    call.send(call.ann, SignalKind.ICE, "next");
    call.stage.advance(Duration.ofSeconds(30));

    assertThat(call.heard(call.bobSocket)).containsExactly("ice:next");
    assertThat(call.stage.stored).isEmpty();
    assertThat(call.send(call.bob, SignalKind.ICE, "b")).isEqualTo(Outcome.DONE);
  }

  @Test
  void anyCommandOfALostMemberBringsHimBack() {
    var call = new CallStage().talking();
    call.lose(call.bob);
    call.send(call.ann, SignalKind.ICE, "1");
    call.bobSocket = call.stage.socket();

    call.send(call.bob, SignalKind.ICE, "b");

    assertThat(call.heard(call.bobSocket)).containsExactly("ice:1");
    assertThat(call.heard(call.annSocket))
        .containsExactly("PeerReconnecting", "PeerReconnected", "ice:b");
    call.stage.advance(Duration.ofSeconds(20));
    assertThat(call.stage.stored).isEmpty();
  }

  @Test
  void signallingStaysBufferedForAReturnBeforeThePageHasJoined() {
    var call = new CallStage().open();
    call.join(call.ann);
    call.lose(call.bob);
    call.send(call.ann, SignalKind.OFFER, "o");

    SocketRef back = call.comeBack(call.bob);
    assertThat(call.heard(back)).isEmpty();
    call.join(call.bob);

    assertThat(call.heard(back)).containsExactly("offer:o");
  }

  @Test
  void theOutboxOfALostMemberIsBounded() {
    var call = new CallStage().talking();
    call.lose(call.bob);
    for (int i = 0; i < 300; i++) {
      call.send(call.ann, SignalKind.ICE, "" + i);
    }
    assertThat(call.send(call.ann, SignalKind.ICE, "300")).isEqualTo(Outcome.LIMIT_REACHED);
    int said = 0;
    while (call.say(call.ann, "x") == Outcome.DONE && said < 500) {
      said++;
      call.stage.advance(Duration.ofMillis(40));
    }

    SocketRef back = call.comeBack(call.bob);

    assertThat(call.heard(back)).hasSizeLessThanOrEqualTo(400).hasSize(300 + said);
    assertThat(call.heard(call.annSocket)).filteredOn(it -> it.startsWith("chat")).hasSize(said);
  }

  @Test
  void theOneWhoReturnsIsToldThatHisPeerIsAwayNow() {
    var call = new CallStage().talking();
    call.lose(call.bob);
    call.stage.advance(Duration.ofSeconds(5));
    call.lose(call.ann);

    SocketRef back = call.comeBack(call.bob);

    assertThat(call.heard(back)).containsExactly("PeerReconnecting");
    SocketRef annBack = call.comeBack(call.ann);
    assertThat(call.heard(back)).containsExactly("PeerReconnecting", "PeerReconnected");
    assertThat(call.heard(annBack)).containsExactly("PeerReconnected");
  }

  @Test
  void afterTheGraceThePartnerIsToldAndTheCallIsFinalizedOnce() {
    var call = new CallStage().talking();
    call.stage.advanceSeconds(30);
    call.lose(call.bob);
    call.stage.advance(Duration.ofMillis(9_999));
    assertThat(call.heard(call.annSocket)).containsExactly("PeerReconnecting");

    call.stage.advance(Duration.ofMillis(1));
    assertThat(call.heard(call.annSocket)).containsExactly("PeerReconnecting", "PeerDisconnected");
    assertThat(call.stage.bus.sent(ReleaseCall.class)).hasSize(1);
    assertThat(call.stage.stored.get(call.room).reason()).isEqualTo(EndReason.PEER_LOST);
    assertThat(call.stage.stored.get(call.room).durationSeconds()).isEqualTo(40);

    call.stage.advance(Duration.ofMillis(500));
    assertThat(call.heard(call.annSocket))
        .containsExactly(
            "PeerReconnecting", "PeerDisconnected", "MetricsUpdate", "finalized:peer_lost");
    call.stage.advance(Duration.ofMinutes(5));
    assertThat(call.stage.got(call.annSocket, SessionFinalized.class)).hasSize(1);
    assertThat(call.stage.bus.sent(RecordCall.class)).hasSize(1);
  }

  @Test
  void thePartnersEndCutsTheNoticeShort() {
    var call = new CallStage().talking();
    call.lose(call.bob);
    call.stage.advance(Duration.ofSeconds(10));

    call.end(call.ann);

    assertThat(call.heard(call.annSocket))
        .containsExactly(
            "PeerReconnecting", "PeerDisconnected", "MetricsUpdate", "finalized:peer_lost");
    call.stage.advance(Duration.ofSeconds(1));
    assertThat(call.stage.got(call.annSocket, SessionFinalized.class)).hasSize(1);
  }

  @Test
  void withBothLostTheCallEndsWhenTheFirstGraceIsOver() {
    var call = new CallStage().talking();
    call.lose(call.ann);
    call.stage.advance(Duration.ofSeconds(6));
    call.lose(call.bob);
    SocketRef annElsewhere = call.stage.socket();
    call.stage.primary(call.ann, annElsewhere);

    call.stage.advance(Duration.ofMillis(4_500));

    assertThat(call.stage.stored).hasSize(1);
    assertThat(call.heard(annElsewhere)).containsExactly("MetricsUpdate", "finalized:peer_lost");
  }

  @Test
  void lossBeforeTalkBeganIsAFailedSetup() {
    var call = new CallStage().joined();
    call.send(call.ann, SignalKind.OFFER, "o");
    call.lose(call.bob);

    call.stage.advance(Duration.ofSeconds(11));

    assertThat(call.heard(call.annSocket))
        .containsExactly("PeerReconnecting", "PeerDisconnected", "finalized:setup_failed");
    assertThat(call.stage.bus.sent(RecordCall.class)).isEmpty();
  }

  @Test
  void theStartOfACallWaitsForAMemberWhoLostHisSocket() {
    var call = new CallStage();
    call.stage.drop(call.bobSocket);
    call.open();
    call.stage.advance(Duration.ofSeconds(9));

    SocketRef back = call.comeBack(call.bob);

    assertThat(call.heard(back)).containsExactly("CallStart");
    call.command(call.bob, back, new CallAction.Return());
    assertThat(call.heard(back)).hasSize(1);
  }

  @Test
  void theEndOfACallWaitsForAMemberWhoLostHisSocket() {
    var call = new CallStage().talking();
    call.lose(call.bob);
    call.stage.grace(call.bob);
    call.end(call.ann);
    call.stage.advance(Duration.ofSeconds(4));
    SocketRef back = call.stage.socket();

    call.stage.back(call.bob, back);

    assertThat(call.heard(back)).containsExactly("MetricsUpdate", "finalized:left");
    call.stage.grace(call.bob);
    call.stage.back(call.bob, back);
    assertThat(call.heard(back)).hasSize(2);
    assertThat(call.patient.size()).isZero();
  }

  @Test
  void theEndOfACallDoesNotWaitForAMemberWhoStaysAway() {
    var call = new CallStage().talking();
    call.lose(call.bob);
    call.stage.grace(call.bob);
    call.end(call.ann);

    call.stage.offline(call.bob);
    SocketRef back = call.stage.socket();
    call.stage.back(call.bob, back);

    assertThat(call.heard(back)).isEmpty();
    assertThat(call.patient.size()).isZero();
  }

  @Test
  void resultsThatComeLateWaitForAMemberWhoLostHisSocket() {
    var call = new CallStage().talking();
    call.stage.holdAnswers = true;
    call.end(call.ann);
    call.stage.advance(Duration.ofSeconds(2));
    call.stage.grace(call.bob);
    call.stage.answerNext();
    SocketRef back = call.stage.socket();

    call.stage.back(call.bob, back);

    assertThat(call.heard(back)).containsExactly("MetricsUpdate");
  }
}
