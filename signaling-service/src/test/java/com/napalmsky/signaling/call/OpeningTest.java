package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallStart;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
import com.napalmsky.shared.contract.signaling.SignalingContract.CountCalls;
import com.napalmsky.shared.contract.signaling.SignalingContract.Described;
import com.napalmsky.shared.contract.signaling.SignalingContract.Locate;
import com.napalmsky.shared.contract.signaling.SignalingContract.Member;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.signaling.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpeningTest {

  @Test
  void theStartGoesToTheInitiatorFirstThenToTheOther() {
    var call = new CallStage();

    var opened = call.calls.open(call.opening()).result();

    assertThat(opened.owner()).isEqualTo("owner-1");
    assertThat(call.stage.bus.sent(Deliver.class))
        .extracting(deliver -> deliver.sockets().get(0))
        .containsExactly(call.annSocket.id(), call.bobSocket.id());
    assertThat(call.stage.got(call.annSocket))
        .containsExactly(
            new CallStart(call.room, CallStage.AGREED, true, call.bob, "Bob", "owner-1"));
    assertThat(call.stage.got(call.bobSocket))
        .containsExactly(
            new CallStart(call.room, CallStage.AGREED, false, call.ann, "Ann", "owner-1"));
  }

  @Test
  void openingARoomTwiceStartsItOnceAndNamesTheSameOwner() {
    var call = new CallStage().open();

    var again = call.calls.open(call.opening()).result();

    assertThat(again.owner()).isEqualTo("owner-1");
    assertThat(call.stage.got(call.annSocket, CallStart.class)).hasSize(1);
    assertThat(call.calls.count(new CountCalls()).result().running()).isEqualTo(1);
  }

  @Test
  void aRoomOfAnotherInstanceIsLeftToIt() {
    var call = new CallStage();
    Instant now = call.stage.now();
    call.directory.hold("owner-2", now, now.plusSeconds(60)).result();
    call.directory.claim(Snapshots.of(call.room), "owner-2", now.plusSeconds(60)).result();
    var other =
        call.stage.bus.answer(
            SignalingContract.DESCRIBE.at("owner-2"),
            describe -> new Described(new CallMembers(call.ann, call.bob, true)));

    var opened = call.calls.open(call.opening()).result();

    assertThat(opened.owner()).isEqualTo("owner-2");
    assertThat(call.stage.got(call.annSocket)).isEmpty();
    assertThat(call.join(call.ann)).isEqualTo(Outcome.UNKNOWN_CALL);
  }

  @Test
  void aMemberWhoseStartCannotBeDeliveredIsLostAndGetsItWhenHeReturns() {
    var call = new CallStage();
    call.stage.drop(call.bobSocket);

    call.open();

    assertThat(call.heard(call.annSocket)).containsExactly("CallStart", "PeerReconnecting");
    SocketRef back = call.comeBack(call.bob);
    assertThat(call.heard(back)).containsExactly("CallStart");
    assertThat(call.heard(call.annSocket))
        .containsExactly("CallStart", "PeerReconnecting", "PeerReconnected");
  }

  @Test
  void aStartThatIsNeverDeliveredEndsAsSetupFailedAfterTheGrace() {
    var call = new CallStage();
    call.stage.drop(call.bobSocket);
    call.open();

    call.stage.advance(Duration.ofSeconds(11));

    assertThat(call.heard(call.annSocket))
        .containsExactly(
            "CallStart", "PeerReconnecting", "PeerDisconnected", "finalized:setup_failed");
    assertThat(call.stage.bus.sent(RecordCall.class)).isEmpty();
    assertThat(call.stage.released).containsExactlyInAnyOrder(call.ann, call.bob);
  }

  @Test
  void aCallNeedsTwoPeopleAndSomeTime() {
    var call = new CallStage();
    var ann = new Member(call.ann, "Ann", call.annSocket);
    var bob = new Member(call.bob, "Bob", call.bobSocket);

    assertThat(codeOf(call, new Open(call.room, ann, ann, 60))).isEqualTo(Code.INVALID_REQUEST);
    assertThat(codeOf(call, new Open(call.room, ann, bob, 0))).isEqualTo(Code.INVALID_REQUEST);
    assertThat(call.calls.held()).isZero();
  }

  @Test
  void anInstanceHoldsOnlyAsManyCallsAsItMay() {
    var call = new CallStage();
    for (int i = 0; i < CallStage.BOUNDS.calls(); i++) {
      assertThat(call.calls.open(another(call.stage)).succeeded()).isTrue();
    }

    assertThat(codeOf(call, call.opening())).isEqualTo(Code.OVERLOADED);
    assertThat(call.calls.locate(new Locate(call.room)).result().owner()).isNull();
  }

  @Test
  void noCallIsOpenedWhenItsEndCouldNotBeKept() {
    var call = new CallStage();
    call.stage.database = Stage.Database.AWAY;
    for (int i = 0; i < call.finished.bound(); i++) {
      var ended =
          new RecordCall(
              UUID.randomUUID(),
              "session",
              call.ann,
              call.bob,
              call.stage.now(),
              call.stage.now(),
              60,
              EndReason.LEFT,
              List.of());
      call.finishing.finish(ended).result();
    }

    assertThat(codeOf(call, call.opening())).isEqualTo(Code.OVERLOADED);
  }

  @Test
  void strangersAreRefusedAndNobodySeesAnything() {
    var call = new CallStage().joined();
    UUID eve = UUID.randomUUID();
    SocketRef eveSocket = call.stage.socket();
    List<CallAction> all =
        List.of(
            new CallAction.Join(),
            new CallAction.Send(SignalKind.OFFER, "{}"),
            new CallAction.Send(SignalKind.ANSWER, "{}"),
            new CallAction.Send(SignalKind.ICE, "{}"),
            new CallAction.Say("hello"),
            new CallAction.ShareSocials(Map.of("instagram", "eve")),
            new CallAction.Return(),
            new CallAction.Lose(null),
            new CallAction.End());

    for (CallAction action : all) {
      assertThat(call.command(eve, eveSocket, action)).isEqualTo(Outcome.NOT_A_MEMBER);
      assertThat(call.command(eve, call.annSocket, action)).isEqualTo(Outcome.NOT_A_MEMBER);
    }

    assertThat(call.stage.got(call.annSocket)).isEmpty();
    assertThat(call.stage.got(call.bobSocket)).isEmpty();
    assertThat(call.stage.got(eveSocket)).isEmpty();
    assertThat(call.calls.count(new CountCalls()).result().running()).isEqualTo(1);
  }

  @Test
  void aRoomNobodyOpenedIsUnknown() {
    var call = new CallStage();

    assertThat(call.join(call.ann)).isEqualTo(Outcome.UNKNOWN_CALL);
    assertThat(call.calls.locate(new Locate(call.room)).result().owner()).isNull();
  }

  private static Open another(Stage stage) {
    return new Open(
        UUID.randomUUID(),
        new Member(UUID.randomUUID(), "A", stage.socket()),
        new Member(UUID.randomUUID(), "B", stage.socket()),
        60);
  }

  private static Code codeOf(CallStage call, Open open) {
    return ((ServiceFailure) call.calls.open(open).cause()).code();
  }
}
